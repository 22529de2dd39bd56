import { expect, it } from 'vitest';
import { Tally } from './tally.js';

it('each thing that happened is told once', () => {
  const tally = new Tally<string, number>();
  const told = (): unknown[] => {
    const all: unknown[] = [];
    tally.empty((...one) => all.push(one));
    return all;
  };
  for (const status of [200, 200, 401]) tally.add('GET', status);
  expect(told()).toEqual([
    ['GET', 200, 2],
    ['GET', 401, 1],
  ]);
  expect(told()).toEqual([]);
  tally.add('POST', 200);
  tally.add('GET', 200);
  expect(told()).toEqual([
    ['POST', 200, 1],
    ['GET', 200, 1],
  ]);
});
