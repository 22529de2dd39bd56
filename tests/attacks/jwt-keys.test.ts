import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { publicKeyPem, type User } from '@fluxo/core';
import { exportJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeSigningKey } from '../../packages/server/src/adapters/saml/signing-key.js';
import { Administrator } from '../support/administrator.js';
import { newMachine, type Machine } from '../support/machine.js';
import { statusOf, tokensOf, verdictOf } from '../support/oauth.js';
import { useStage } from '../support/stage.js';

const stage = useStage();
let ana: User;
let machine: Machine;

beforeAll(async () => {
  ana = await stage.acme.user('ana-of-the-keys');
  machine = await newMachine(stage.acme, ana);
});

const register = async (publicKey: string, app = machine.app): Promise<string> => {
  try {
    const key = await new Administrator(stage.acme).addKey(app, ana, publicKey);
    await new Administrator(stage.acme).deleteKey(app, key.id);
    return key.algorithm;
  } catch (error) {
    return (error as Error).message;
  }
};
const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }).toString();
const rsa = (modulusLength: number, publicExponent = 0x1_0001): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey;
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });

/** Made in that year, good for ten. */
const certificate = async (year: number): Promise<string> =>
  (await makeSigningKey({ commonName: 'import', now: Date.UTC(year, 1, 3, 4, 5, 6) })).certificatePem;

describe('80 · keys that must not be registered', () => {
  test('good ones are taken: PEM, PKCS#1, JWK, a certificate that is valid', async () => {
    const key = rsa(2048);
    expect(await register(pemOf(key))).toBe('RS256');
    expect(await register(key.export({ format: 'pem', type: 'pkcs1' }).toString())).toBe('RS256');
    expect(await register(`\n\n  ${pemOf(ec('P-256').publicKey)}\n`)).toBe('ES256');
    expect(await register(pemOf(generateKeyPairSync('ed25519').publicKey))).toBe('EdDSA');
    expect(await register(JSON.stringify(await exportJWK(ec('P-256').publicKey)))).toBe('ES256');
    expect(await register(await certificate(2020))).toBe('RS256');
  });

  test('RSA of less than 2048 bits, or with an unsafe exponent', async () => {
    expect(await register(pemOf(rsa(1024)))).toContain('1024 bits');
    expect(await register(pemOf(rsa(2040)))).toContain('2048 at least');
    const { n } = await exportJWK(rsa(2048));
    expect(await register(JSON.stringify({ kty: 'RSA', n, e: 'AQAB' }))).toBe('RS256');
    expect(await register(JSON.stringify({ kty: 'RSA', n, e: 'AQ' }))).toContain('unsafe exponent');
    expect(await register(JSON.stringify({ kty: 'RSA', n, e: n }))).toContain('unsafe exponent');
  });

  test('a private key in the public one’s place, in each form: refused, and called leaked', async () => {
    const { privateKey, publicKey } = ec('P-256');
    const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const passphrase = { cipher: 'aes-256-cbc', passphrase: 'x' };
    const forms = [
      privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      privateKey.export({ format: 'pem', type: 'sec1' }).toString(),
      privateKey.export({ format: 'pem', type: 'pkcs8', ...passphrase }).toString(),
      rsaPair.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
      pemOf(publicKey) + privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      JSON.stringify(privateKey.export({ format: 'jwk' })),
      JSON.stringify(rsaPair.privateKey.export({ format: 'jwk' })),
      JSON.stringify({ kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') }),
    ];
    for (const form of forms) {
      const said = await register(form);
      expect(said).toContain('This is a private key.');
      expect(said).toContain('leaked');
    }
    expect(await register(pemOf(publicKey))).toBe('ES256');
  });

  test('other curves, other kinds, sets of keys, expired certificates, garbage: refused, and told why', async () => {
    const jwks = JSON.stringify({ keys: [await exportJWK(ec('P-256').publicKey)] });
    const told: readonly (readonly [string, string])[] = [
      [pemOf(ec('P-384').publicKey), 'secp384r1'],
      [pemOf(ec('secp256k1').publicKey), 'secp256k1'],
      [pemOf(generateKeyPairSync('ed448').publicKey), 'ed448'],
      [pemOf(generateKeyPairSync('x25519').publicKey), 'x25519'],
      [pemOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey), 'rsa-pss'],
      [jwks, 'a set of keys'],
      [await certificate(2011), 'expired on 2021-02-03T04:05:06.000Z'],
      [await certificate(2090), 'not valid before 2090-02-02T04:05:06'],
      [publicKeyPem(machine.key), 'registered already'],
      [pemOf(ec('P-256').publicKey).repeat(2), 'several parts'],
      ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'damaged'],
      ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'damaged'],
      [
        '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----',
        'neither a public key',
      ],
      ['{"kty":', 'damaged'],
      ['{}', 'damaged'],
      ['ssh-ed25519 AAAA me@laptop', 'no PEM text'],
      ['', 'no PEM text'],
      ['x'.repeat(20_000), 'longer than'],
    ];
    for (const [text, reason] of told) expect(await register(text)).toContain(reason);
  });

  test('a key of another kind of application, and for a user who is disabled', async () => {
    const good = pemOf(ec('P-256').publicKey);
    expect(await register(good)).toBe('ES256');
    expect(await register(good, await stage.acme.application())).toContain('only a machine application');
    const bob = await stage.acme.user('bob');
    const administrator = new Administrator(stage.acme);
    await administrator.changeUser(bob, { enabled: false });
    await expect(administrator.addKey(machine.app, bob, good)).rejects.toThrow(/enabled user/);
  });
});

describe('80 · a key that was deleted', () => {
  test('makes no session more, and those that it made are dead; another key’s live on', async () => {
    const first = await newMachine(stage.acme, ana);
    const second = await newMachine(stage.acme, ana, { app: first.app });
    const tokens = tokensOf(await first.exchange(await first.sign()));
    const others = tokensOf(await second.exchange(await second.sign()));
    expect(await statusOf(stage.acme, tokens)).toBe('alive');
    await new Administrator(stage.acme).deleteKey(first.app, first.key.id);
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(verdictOf(await first.exchange(await first.sign()))).toBe('400 invalid_grant');
    expect(await statusOf(stage.acme, others)).toBe('alive');
    expect(verdictOf(await second.exchange(await second.sign()))).toBe('200');
  });

  test('is registered anew as a new one: what it made before stays dead', async () => {
    const one = await newMachine(stage.acme, ana);
    const tokens = tokensOf(await one.exchange(await one.sign()));
    const administrator = new Administrator(stage.acme);
    await administrator.deleteKey(one.app, one.key.id);
    await administrator.addKey(one.app, ana, publicKeyPem(one.key));
    expect(await statusOf(stage.acme, tokens)).toBe('dead');
    expect(verdictOf(await one.exchange(await one.sign()))).toBe('200');
  });

  test('a secret that was deleted is refused at the exchange too', async () => {
    const one = await newMachine(stage.acme, ana);
    const administrator = new Administrator(stage.acme);
    expect(verdictOf(await one.exchange(await one.sign()))).toBe('200');
    const [secret] = await administrator.listSecrets(one.app);
    await administrator.deleteSecret(one.app, secret!.id);
    expect(verdictOf(await one.exchange(await one.sign()))).toBe('401 invalid_client');
  });
});
