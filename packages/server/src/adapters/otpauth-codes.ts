import type { OneTimeCodes } from '@fluxo/core';
import { Secret, TOTP } from 'otpauth';

const PERIOD_MS = 30_000;
/** Steps before and after the current one (RFC 6238 §5.2). */
const WINDOW = 1;

/** What every authenticator app takes without being told: SHA-1, six digits, thirty seconds (RFC 6238). */
const COMMON = { algorithm: 'SHA1', digits: 6, period: PERIOD_MS / 1000 } as const;

export const otpauthCodes: OneTimeCodes = {
  stepOf(seed, code, now) {
    const delta = totpOf(seed).validate({ token: code, timestamp: now, window: WINDOW });
    return delta === null ? undefined : Math.floor(now / PERIOD_MS) + delta;
  },
  textOf: (seed) => secretOf(seed).base32,
  uriOf: (seed, { issuer, username }) =>
    new TOTP({ ...COMMON, secret: secretOf(seed), issuer, label: username }).toString(),
};

function totpOf(seed: Uint8Array): TOTP {
  return new TOTP({ ...COMMON, secret: secretOf(seed) });
}

/** A copy: the bytes may be part of a larger buffer. */
function secretOf(seed: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(seed).buffer });
}
