import { createPrivateKey, createSign, createVerify, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeSigningKey } from './signing-key.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');

test('the certificate names the environment, signs itself and lasts ten years', async () => {
  const made = await makeSigningKey({ commonName: 'acme.my.example.com', now: NOW });
  const certificate = new X509Certificate(made.certificatePem);
  expect(certificate.subject).toBe('CN=acme.my.example.com');
  expect(certificate.checkIssued(certificate)).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(new Date(certificate.validFrom).toISOString()).toBe('2026-11-23T12:00:00.000Z');
  expect(new Date(made.notAfter).toISOString()).toBe('2036-11-24T12:00:00.000Z');
  expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
  expect(new Date(certificate.validTo).getTime()).toBe(made.notAfter);
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3_072);
});

test('a certificate that ends after 2049 has its year in four digits', async () => {
  const made = await makeSigningKey({ commonName: 'a'.repeat(200), now: Date.parse('2040-02-29T00:00:00Z') });
  expect(new Date(new X509Certificate(made.certificatePem).validTo).toISOString()).toBe(
    '2050-03-01T00:00:00.000Z',
  );
});

test('what the private key signs, the certificate verifies; and no two keys are the same', async () => {
  const made = await makeSigningKey({ commonName: 'acme.my.example.com', now: NOW });
  const signature = createSign('sha256').update('message').sign(createPrivateKey(made.privateKeyPem));
  expect(createVerify('sha256').update('message').verify(made.certificatePem, signature)).toBe(true);
  const other = await makeSigningKey({ commonName: 'acme.my.example.com', now: NOW });
  expect(createVerify('sha256').update('message').verify(other.certificatePem, signature)).toBe(false);
});
