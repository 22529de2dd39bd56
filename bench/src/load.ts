import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Job {
  readonly port: number;
  readonly host: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Whole lines, each with its line end. */
  readonly headers: string;
  readonly body: string;
  /** Refresh tokens, presented in turn; each is replaced by what its answer gives. */
  readonly tokens: readonly string[];
  readonly sendsToken: boolean;
  /** Whether the answer has tokens, and whether the refresh token must be another one. */
  readonly answersTokens: boolean;
  readonly rotates: boolean;
  /** Text that each answer must have. */
  readonly expects?: string;
  readonly connections: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
}

export interface LoadResult {
  readonly rate: number;
  readonly answered: number;
  /** With those of the warm-up. */
  readonly total: number;
  readonly p50: number;
  readonly p99: number;
  readonly tokens: readonly string[];
}

const LOAD = fileURLToPath(new URL('../contestants/load.mjs', import.meta.url));

/** @throws at the first answer that isn't the promised one */
export async function load(job: Job): Promise<LoadResult> {
  const child = fork(LOAD, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.send(job);
  const exit = once(child, 'exit').then(() => Promise.reject(new Error(`The load ended: ${stderr}`)));
  exit.catch(() => undefined);
  try {
    const [result] = (await Promise.race([once(child, 'message'), exit])) as [LoadResult];
    return result;
  } finally {
    child.kill();
  }
}
