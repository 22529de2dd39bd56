// The same request again and again, or refreshes that present what the last answer gave: of several hosts, at several
// nodes, at a constant rate or up to a number, where wrk and autocannon won't do. Each answer is checked.
import { Connection } from './connection.mjs';
import { check, formOf } from './refreshes.mjs';
import { onJob, pause, Stopwatch } from './stopwatch.mjs';

onJob(async (job) => {
  const stopwatch = new Stopwatch(job.atMost);
  const chains = Array.from({ length: job.connections }, (_, index) =>
    job.tokens.filter((_token, position) => position % job.connections === index),
  );
  const due = job.ratePerSecond === undefined ? atOnce : onSchedule(job.ratePerSecond);
  const players = chains.map((chain, index) => {
    const port = job.ports[index % job.ports.length];
    return play({ ...job, port, chain, due }, stopwatch);
  });
  const result = await stopwatch.run(players, job);
  return { ...result, tokens: chains.flat() };
});

/** As fast as answers come. */
const atOnce = () => performance.now();

/**
 * Requests are due at a constant rate, whether or not answers come. Latency counts from when a request was due, so a
 * server that stalls is charged for all that would have been asked meanwhile (no coordinated omission).
 */
function onSchedule(ratePerSecond) {
  const begun = performance.now();
  let taken = 0;
  return async () => {
    const dueAt = begun + (taken * 1000) / ratePerSecond;
    taken += 1;
    const early = dueAt - performance.now();
    if (early > 0) await pause(early);
    return dueAt;
  };
}

/** One connection; its tokens take turns. Rejects at the first answer that isn't the promised one. */
async function play(job, stopwatch) {
  const connection = await Connection.open(job.port);
  let position = 0;
  const scheduled = job.ratePerSecond !== undefined;
  for (;;) {
    // With a schedule, whatever was due is asked for, however late.
    const since = await job.due();
    if (scheduled ? since >= stopwatch.endedAt : stopwatch.stopping) break;
    const answer = await connection.ask(requestOf(job, job.chain[position]));
    const problem = check(job, position, answer);
    if (problem !== undefined) throw new Error(`${problem}: ${answer.head}\n${answer.body}`);
    position = job.chain.length === 0 ? 0 : (position + 1) % job.chain.length;
    stopwatch.note({ since, scheduled });
  }
  connection.close();
}

function requestOf(job, chain) {
  const { method, path, headers } = job;
  const host = chain?.host ?? job.host;
  if (method === 'GET') return `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}\r\n`;
  const content = formOf(job, chain);
  return (
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}` +
    `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${content.length}\r\n\r\n${content}`
  );
}
