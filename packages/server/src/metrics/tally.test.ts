import { Counter, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { Tally } from './tally.js';

it('each thing that happened is told once', async () => {
  const registry = new Registry();
  const labelNames = ['grant_type', 'outcome'] as const;
  const counter = new Counter({ name: 'tokens', help: 'Tokens.', labelNames, registers: [registry] });
  const tally = new Tally(counter, labelNames);
  tally.add('refresh_token', 'issued');
  tally.add('refresh_token', 'issued');
  tally.add('refresh_token', 'invalid_grant');
  tally.tell();
  tally.tell();
  tally.add('refresh_token', 'issued');
  tally.add('other', 'invalid_client');
  tally.tell();
  expect((await registry.metrics()).split('\n').filter((line) => line.startsWith('tokens'))).toEqual([
    'tokens{grant_type="refresh_token",outcome="issued"} 3',
    'tokens{grant_type="refresh_token",outcome="invalid_grant"} 1',
    'tokens{grant_type="other",outcome="invalid_client"} 1',
  ]);
});
