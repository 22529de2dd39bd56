import {
  DEFAULT_ENVIRONMENT_SETTINGS,
  type Environment,
  type EnvironmentId,
  type WatchedEnvironmentStore,
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
/** Of the store only this is asked; a name that isn't exactly the known one is nobody's. */
class OneEnvironment {
  /** What is there under the known name. */
  current: Environment | undefined = environment;
  heardOf: number | undefined = 1;
  reads = 0;

  heard = (): number | undefined => this.heardOf;

  findByName = (name: typeof KNOWN): Promise<Environment | undefined> => {
    this.reads += 1;
    const isKnown = name.domain === KNOWN.domain && name.lane === KNOWN.lane;
    return Promise.resolve(isKnown ? this.current : undefined);
  };
}

function directoryOf(store: OneEnvironment): HostDirectory {
  return new HostDirectory(
    {
      baseDomain: 'example.com',
      publicScheme: 'https',
      publicPort: 443,
      port: 3000,
      defaultEnvironment: undefined,
    },
    store as unknown as WatchedEnvironmentStore,
  );
}

const directory = directoryOf(new OneEnvironment());
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

describe('what a host led to', () => {
  const HOST = 'acme.my.example.com';

  it('is not looked for again while nothing was heard of a change', async () => {
    const store = new OneEnvironment();
    const hosts = directoryOf(store);
    const site = await hosts.resolve(HOST);
    expect(site).toMatchObject({ kind: 'environment', environment });
    expect([await hosts.resolve(HOST), store.reads]).toEqual([site, 1]);
  });

  it.each([undefined, { ...environment, name: 'Acme, renamed' }])(
    'is what is there now after any change: %j',
    async (changed) => {
      const store = new OneEnvironment();
      const hosts = directoryOf(store);
      await hosts.resolve(HOST);
      Object.assign(store, { current: changed, heardOf: 2 });
      const site = await hosts.resolve(HOST);
      expect(site?.kind === 'environment' ? site.environment : undefined).toEqual(changed);
    },
  );

  it('counts as before a change that came while it was looked for', async () => {
    const store = new OneEnvironment();
    const hosts = directoryOf(store);
    const looking = hosts.resolve(HOST);
    Object.assign(store, { current: undefined, heardOf: 2 });
    expect(await looking).toBeDefined();
    expect(await hosts.resolve(HOST)).toBeUndefined();
  });

  it('is looked for each time where nobody can tell of changes', async () => {
    const store = new OneEnvironment();
    store.heardOf = undefined;
    const hosts = directoryOf(store);
    await hosts.resolve(HOST);
    await hosts.resolve(HOST);
    expect(store.reads).toBe(2);
  });
});
