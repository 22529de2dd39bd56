import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RunningServer } from '../cli/fluxo-process.js';

/** Stands between a running server and the operating system. */
export interface Tracer {
  /** Ends it; what it wrote is complete then, and the server runs on as before. */
  detach(): Promise<void>;
}

/**
 * @param options of strace: what to trace, what to inject, where to write
 * @throws Error where nobody may trace: what is to be shown can't be shown there
 */
export async function attachStrace(server: RunningServer, options: readonly string[]): Promise<Tracer> {
  const tracer = spawn('strace', ['-f', ...options, '-p', String(server.process.pid)]);
  let said = '';
  tracer.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exit = once(tracer, 'exit');
  while (!said.includes('attached')) {
    const ended = await Promise.race([once(tracer.stderr, 'data').then(() => false), exit.then(() => true)]);
    if (ended) throw new Error(`strace can't watch the server, so this can't be tested: ${said}`);
  }
  return {
    async detach() {
      tracer.kill('SIGINT');
      await exit;
    },
  };
}
