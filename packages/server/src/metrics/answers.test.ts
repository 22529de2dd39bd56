import { Counter, Histogram, Registry } from 'prom-client';
import { beforeEach, expect, it } from 'vitest';
import { Answers } from './answers.js';

const SEARCH = { surface: 'objects', url: '/search' };
let registry: Registry;
let answers: Answers;

beforeEach(() => {
  registry = new Registry();
  const registers = [registry];
  answers = new Answers({
    requests: new Counter({
      name: 'requests',
      help: 'Answers.',
      labelNames: ['surface', 'method', 'route', 'status'],
      registers,
    }),
    latency: new Histogram({
      name: 'latency',
      help: 'Seconds.',
      labelNames: ['surface', 'route'],
      buckets: [0.01, 1],
      registers,
    }),
  });
});

/** Each series, as it is read. */
async function series(): Promise<readonly string[]> {
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

it('each answer is told once: by method and status, and how long it took', async () => {
  answers.add(SEARCH, { method: 'GET', status: 200, seconds: 0.005 });
  answers.add(SEARCH, { method: 'GET', status: 200, seconds: 0.5 });
  answers.add(SEARCH, { method: 'GET', status: 401, seconds: 2 });
  answers.add(SEARCH, { method: 'HEAD', status: 200, seconds: 0.25 });
  answers.add({}, { method: 'POST', status: 404, seconds: 0.25 });
  answers.tellAll();
  answers.tellAll();
  const search = 'surface="objects",route="/search"';
  const none = 'surface="none",route="none"';
  expect(await series()).toEqual([
    'requests{surface="objects",method="GET",route="/search",status="200"} 2',
    'requests{surface="objects",method="GET",route="/search",status="401"} 1',
    'requests{surface="objects",method="HEAD",route="/search",status="200"} 1',
    'requests{surface="none",method="POST",route="none",status="404"} 1',
    `latency_bucket{le="0.01",${search}} 1`,
    `latency_bucket{le="1",${search}} 3`,
    `latency_bucket{le="+Inf",${search}} 4`,
    `latency_sum{${search}} 2.755`,
    `latency_count{${search}} 4`,
    `latency_bucket{le="0.01",${none}} 0`,
    `latency_bucket{le="1",${none}} 1`,
    `latency_bucket{le="+Inf",${none}} 1`,
    `latency_sum{${none}} 0.25`,
    `latency_count{${none}} 1`,
  ]);
});

it('no more than 512 of a route wait for somebody to look', async () => {
  const add = (): void => answers.add(SEARCH, { method: 'GET', status: 200, seconds: 0.5 });
  const count = async () => (await series()).find((line) => line.startsWith('latency_count'))?.split(' ')[1];
  for (let index = 0; index < 511; index += 1) add();
  expect(await count()).toBeUndefined();
  add();
  expect(await count()).toBe('512');
});
