import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A refresh token, and whose it is where that differs from the job's. */
export interface Token {
  readonly token: string;
  readonly host?: string;
  readonly body?: string;
}

/** wrk and autocannon are what others measure with; `own` can do more, and is as fast as wrk. */
const GENERATORS = ['wrk', 'autocannon', 'own'] as const;
export type Generator = (typeof GENERATORS)[number];

/** How long, how many at once, and where; said by the round. */
export interface Pace {
  readonly connections: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  /** Ends when as many were answered. */
  readonly atMost?: number;
  /** Requests are due at this rate, and latency counts from then; undefined: as fast as answers come. */
  readonly ratePerSecond?: number;
  /** Who sends `requests`; undefined: our own. */
  readonly generator?: Generator;
}

/** What `requests` sends. */
export interface Job {
  readonly ports: readonly number[];
  readonly host: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Whole lines, each with its line end. */
  readonly headers: string;
  readonly body: string;
  /** Presented in turn; each is replaced by what its answer gives. */
  readonly tokens: readonly Token[];
  readonly sendsToken: boolean;
  /** Whether the answer has tokens, and whether the refresh token must be another one. */
  readonly answersTokens: boolean;
  readonly rotates: boolean;
  /** Text that each answer must have. */
  readonly expects?: string;
}

/** What `walks` needs to go through the flow as a person and an application. */
export interface WalkJob {
  readonly ports: readonly number[];
  readonly host: string;
  readonly startPath: string;
  readonly redirectUri: string;
  readonly tokenPath: string;
  readonly body: string;
  readonly exchange: string;
  readonly username: string;
  readonly password: string;
  /** Of the browsers that are signed in already, by name and value. */
  readonly cookies: readonly Cookies[];
}

type Cookies = readonly (readonly [name: string, value: string])[];

/** A grant as the database has it: for the calls without HTTP. */
export interface RawGrant {
  readonly id: string;
  readonly generation: number;
  /** Of its current secret, in hex. */
  readonly digest: string;
}

/** What `rotations` asks PostgreSQL for. */
export interface RotationJob {
  readonly url: string;
  readonly poolConnections: number;
  readonly environmentId: string;
  readonly applicationId: string;
  readonly keyId: string;
  readonly grants: readonly RawGrant[];
}

export interface LoadResult {
  readonly rate: number;
  readonly answered: number;
  /** With those of the warm-up. */
  readonly total: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly tokens: readonly Token[];
  readonly grants?: readonly RawGrant[];
  readonly cookies?: readonly Cookies[];
}

interface Jobs {
  requests: Job;
  walks: WalkJob;
  rotations: RotationJob;
}

/** @throws when there is none of that name */
export function parseGenerator(name: string): Generator {
  const found = GENERATORS.find((known) => known === name);
  if (found === undefined) throw new Error(`--load knows ${GENERATORS.join(', ')}, and not ${name}.`);
  return found;
}

/** wrk where it is installed, as a package of the system; else autocannon, which comes with this repository. */
export function usualGenerator(): Generator {
  return spawnSync('wrk', ['-v']).error === undefined ? 'wrk' : 'autocannon';
}

/** The load is a process of its own. @throws at the first answer that isn't the promised one */
export async function load<K extends keyof Jobs>(kind: K, job: Jobs[K] & Pace): Promise<LoadResult> {
  const { generator = 'own' } = job;
  const player = kind === 'requests' && generator !== 'own' ? generator : kind;
  const file = fileURLToPath(new URL(`../contestants/load/${player}.mjs`, import.meta.url));
  const child = fork(file, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = once(child, 'close').then(() => Promise.reject(new Error(`The load ended: ${stderr}`)));
  closed.catch(() => undefined);
  child.send(job);
  try {
    const [result] = (await Promise.race([once(child, 'message'), closed])) as [LoadResult];
    return result;
  } finally {
    child.kill();
  }
}
