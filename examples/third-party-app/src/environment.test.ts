import { expect, test } from 'vitest';
import { optionsFromEnvironment } from './environment.js';

const complete = {
  FLUXO_ORIGIN: 'http://localhost:3000',
  FLUXO_CLIENT_ID: 'id',
  FLUXO_CLIENT_SECRET: 'secret',
};

test('with the three settings of Fluxo, everything else has a default', () => {
  expect(optionsFromEnvironment(complete)).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    clientSecret: 'secret',
  });
});

test.each(Object.keys(complete))('without %s the error names it and says what it is', (name) => {
  expect(() => optionsFromEnvironment({ ...complete, [name]: '' })).toThrow(`${name} is not set. It is the `);
});

test.each([
  ['PORT', '99999'],
  ['PORT', 'http'],
  ['FLUXO_ORIGIN', 'localhost:3000'],
  ['FLUXO_ORIGIN', 'http://localhost:3000/path'],
])('%s=%s is refused by its name', (name, value) => {
  expect(() => optionsFromEnvironment({ ...complete, [name]: value })).toThrow(name);
});
