import { expect, it } from 'vitest';
import type { EnvironmentId } from '../ids.js';
import { KeyRing } from '../keys/key-ring.js';
import { NOW, sampleIds } from '../sample.test.support.js';
import { mintTestTicket, readTestTicket } from './provider-test-ticket.js';
import { sampleProvider } from './sample.test.support.js';

const keyRing = new KeyRing([Buffer.alloc(32, 1)]);
const { id } = sampleProvider();
const ticket = mintTestTicket(sampleIds.environment, id, { keyRing, now: NOW });
const read = (text: string, environmentId = sampleIds.environment, now = NOW) =>
  readTestTicket(text, environmentId, { keyRing, now });

it('a ticket lets its provider be tried for a quarter of an hour, in its environment', () => {
  expect(read(ticket)).toBe(id);
  expect(read(ticket, sampleIds.environment, NOW + 15 * 60_000 - 1)).toBe(id);
  expect(read(ticket, sampleIds.environment, NOW + 15 * 60_000)).toBeUndefined();
  expect(read(ticket, 'f'.repeat(32) as EnvironmentId)).toBeUndefined();
});

it('a ticket that was changed in any place is none', () => {
  for (let at = 0; at < ticket.length; at += 1) {
    const other = ticket[at] === '0' ? '1' : '0';
    expect(read(ticket.slice(0, at) + other + ticket.slice(at + 1))).toBeUndefined();
  }
  for (const text of ['', ticket.slice(2), `${ticket}00`, ticket.toUpperCase()])
    expect(read(text)).toBeUndefined();
});
