import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Contestant } from './contestant.js';

/** One request outside the measuring. @throws unless the answer is 200 */
export async function ask({ port, host }: Contestant, path: string, form?: string): Promise<string> {
  const outgoing = request({
    ...{ hostname: '127.0.0.1', port, path, method: form === undefined ? 'GET' : 'POST' },
    headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
  });
  outgoing.end(form);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  if (incoming.statusCode !== 200) throw new Error(`${path}: ${incoming.statusCode} ${text}`);
  return text;
}

/** Writes that Fluxo committed since it started, by its own metrics. */
export async function committedWrites(fluxo: Contestant): Promise<{ jobs: number; commits: number }> {
  const port = fluxo.operationsPort ?? 0;
  const text = await ask({ ...fluxo, port, host: `127.0.0.1:${port}` }, '/metrics');
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  return { jobs: value('fluxo_storage_commit_jobs_sum'), commits: value('fluxo_storage_commit_jobs_count') };
}
