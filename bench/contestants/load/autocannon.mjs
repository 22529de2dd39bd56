// autocannon plays the same requests, where wrk isn't installed. Each answer is checked.
import autocannon from 'autocannon';
import { check, formOf } from './refreshes.mjs';
import { onJob } from './stopwatch.mjs';

onJob(async (job) => {
  const turns = new Turns([...job.tokens], job.rotates);
  const warmup = await play(job, turns, job.warmupSeconds);
  const { requests, latency, duration } = await play(job, turns, job.seconds);
  return {
    rate: requests.total / duration,
    answered: requests.total,
    total: warmup.requests.total + requests.total,
    ...{ p50: latency.p50, p99: latency.p99, max: latency.max },
    // What was presented when time was up has a successor that nobody heard of, if tokens rotate.
    tokens: job.rotates ? turns.atRest() : job.tokens,
  };
});

/** Of the tokens: whose turn it is, and which of them are under way. */
class Turns {
  chain;
  #rotates;
  #waiting;
  #next = 0;

  constructor(chain, rotates) {
    this.chain = chain;
    this.#rotates = rotates;
    this.#waiting = chain.map((_token, position) => position);
  }

  take() {
    const position = this.#waiting[this.#next];
    if (position === undefined) throw new Error('More requests are under way than there are tokens.');
    this.#next += 1;
    // One that stays the same comes again at once, whether or not its answer is heard.
    if (!this.#rotates) this.#waiting.push(position);
    return position;
  }

  heard(position) {
    if (this.#rotates) this.#waiting.push(position);
  }

  atRest() {
    return this.#waiting.slice(this.#next).map((position) => this.chain[position]);
  }
}

async function play(job, turns, seconds) {
  const { method, path, connections } = job;
  const { chain } = turns;
  const promised = { ...job, chain };
  const hasTurns = chain.length > 0;
  const headers = { host: job.host, ...headersOf(job.headers) };
  if (method === 'POST') headers['content-type'] = 'application/x-www-form-urlencoded';
  const present = (blank, context) => {
    context.position = turns.take();
    return { ...blank, body: formOf(job, chain[context.position]) };
  };
  const request = {
    ...{ method, path, headers },
    ...(method === 'POST' ? { body: formOf(job) } : {}),
    ...(hasTurns ? { setupRequest: present } : {}),
    onResponse: (status, body, context) => {
      const problem = check(promised, context.position, { status, body });
      if (problem !== undefined) throw new Error(`${problem}: ${status}\n${body}`);
      if (hasTurns) turns.heard(context.position);
    },
  };
  const url = `http://127.0.0.1:${job.ports[0]}`;
  const result = await autocannon({ url, connections, duration: seconds, requests: [request] });
  const { errors, timeouts, non2xx } = result;
  if (errors + timeouts + non2xx > 0)
    throw new Error(`Not answered: ${JSON.stringify({ errors, timeouts, non2xx })}`);
  return result;
}

function headersOf(lines) {
  const pairs = lines.split('\r\n').filter((line) => line !== '');
  return Object.fromEntries(pairs.map((line) => line.split(': ')));
}
