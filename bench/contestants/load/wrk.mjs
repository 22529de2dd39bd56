// wrk plays the same requests, as wrk.lua makes them and looks at their answers.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { formOf } from './refreshes.mjs';
import { onJob } from './stopwatch.mjs';

const SCRIPT = fileURLToPath(new URL('wrk.lua', import.meta.url));

onJob(async (job) => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxo-wrk-'));
  try {
    const warmup = await play(job, folder, job.tokens, job.warmupSeconds);
    const measured = await play(job, folder, warmup.tokens, job.seconds);
    return { ...measured, total: warmup.answered + measured.answered };
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** wrk takes whole seconds, and knows nothing of a warm-up. */
async function play(job, folder, tokens, seconds) {
  const [jobFile, resultFile] = [join(folder, 'job.lua'), join(folder, 'result.json')];
  writeFileSync(jobFile, `return {${assignments(job, tokens)}}`);
  const options = ['-t', '1', '-c', String(job.connections), '-d', `${Math.ceil(seconds)}s`, '-s', SCRIPT];
  const url = `http://127.0.0.1:${job.ports[0]}`;
  await promisify(execFile)('wrk', [...options, url, '--', jobFile, resultFile]);
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  if (result.wrong !== undefined) throw new Error(`Not the promised answer: ${result.wrong}`);
  const { errors } = result;
  if (Object.values(errors).some((count) => count > 0))
    throw new Error(`Not answered: ${JSON.stringify(errors)}`);
  return {
    rate: (result.answered / result.microseconds) * 1e6,
    answered: result.answered,
    ...{ p50: result.p50 / 1000, p99: result.p99 / 1000, max: result.max / 1000 },
    tokens: job.rotates ? result.tokens.map((token) => ({ token })) : tokens,
  };
}

/** A job as fields of a Lua table: all that it has is text of ASCII, whose quoting both languages share. */
function assignments(job, tokens) {
  const { method, path, host, headers } = job;
  const type = method === 'POST' ? 'content-type: application/x-www-form-urlencoded\r\n' : '';
  const fields = {
    head: `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}${type}`,
    form: formOf(job),
    expects: job.expects ?? '',
  };
  return [
    ...Object.entries(fields).map(([name, text]) => `${name} = ${JSON.stringify(text)}`),
    ...['sendsToken', 'answersTokens', 'rotates'].map((name) => `${name} = ${job[name]}`),
    `hasBody = ${method === 'POST'}`,
    `tokens = {${tokens.map(({ token }) => JSON.stringify(token)).join(',')}}`,
  ].join(',\n');
}
