import {
  DEFAULT_ENVIRONMENT_SETTINGS,
  type Environment,
  type EnvironmentId,
  type EnvironmentStore,
} from '@fluxo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostDirectory } from './host-directory.js';

const KNOWN = { domain: 'acme', lane: 'my' };
const environment: Environment = {
  ...KNOWN,
  id: '0'.repeat(32) as EnvironmentId,
  name: 'Acme',
  settings: DEFAULT_ENVIRONMENT_SETTINGS,
  logoVersion: null,
  createdAt: 0,
};
const directory = new HostDirectory(
  {
    baseDomain: 'example.com',
    publicScheme: 'https',
    publicPort: 443,
    port: 3000,
    defaultEnvironment: undefined,
  },
  {
    // Of the store only this is asked; a name that isn't exactly the known one is nobody's.
    findByName: (name: typeof KNOWN) =>
      Promise.resolve(name.domain === KNOWN.domain && name.lane === KNOWN.lane ? environment : undefined),
  } as unknown as EnvironmentStore,
);
const labels = fc.stringMatching(/^[a-z0-9-]{1,12}$/);

describe('what a host name means', () => {
  it('is decided for anything that may come, twice the same, and only exact names mean something', async () => {
    const pieces = fc.constantFrom(
      ...[
        'acme',
        '.my',
        '.example.com',
        '.',
        ':443',
        ':',
        '@',
        '/',
        ' ',
        '%',
        '\0',
        'oauth',
        '[::1]',
        'ACME',
        'é',
      ],
    );
    const hosts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(hosts, async (host) => {
        const site = await directory.resolve(host);
        expect(await directory.resolve(host)).toEqual(site);
        const own = /^(acme|oauth)\.[a-z0-9-]+\.example\.com(?::\d{1,5})?$/i;
        if (site !== undefined) expect(host).toMatch(own);
      }),
      { numRuns: 500 },
    );
  });

  it('neither letter case nor port changes it', async () => {
    const letters = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(letters, fc.option(fc.nat({ max: 65_535 })), async (upper, port) => {
        const name = Array.from('acme.my.example.com', (letter, index) =>
          upper[index] === true ? letter.toUpperCase() : letter,
        ).join('');
        const site = await directory.resolve(port === null ? name : `${name}:${port}`);
        expect(site).toMatchObject({
          kind: 'environment',
          alias: false,
          origin: 'https://acme.my.example.com',
        });
      }),
    );
  });

  it('an origin leads back to its own environment, and is our own address, with its last dot too', () => {
    fc.assert(
      fc.property(labels, labels, (domain, lane) => {
        fc.pre(URL.canParse(`https://${domain}.${lane}.example.com`));
        const origin = directory.originOf({ domain, lane });
        expect(new URL(origin).origin).toBe(origin);
        expect(directory.isOwnHost(new URL(`${origin}/callback`))).toBe(true);
        expect(directory.isOwnHost(new URL(`https://${domain}.${lane}.example.com./`))).toBe(true);
        expect(directory.isOwnHost(new URL(`https://${domain}.${lane}.example.com.evil.example/`))).toBe(
          false,
        );
        expect(directory.isOwnHost(new URL(`https://${domain}.${lane}.notexample.com/`))).toBe(false);
      }),
    );
  });
});
