import { randomBytes } from 'node:crypto';
import {
  digestOf,
  formatRefreshToken,
  KeyRing,
  newOrderedId,
  systemClock,
  systemRandom,
  type ConsentId,
  type GrantId,
} from '@fluxo/core';
import SqliteDatabase from 'better-sqlite3';

export interface Parties {
  readonly userId: string;
  readonly applicationId: string;
  readonly redirectUri: string;
  readonly key: Uint8Array;
}

const ROWS_PER_TRANSACTION = 50_000;
const essentials = { clock: systemClock, random: systemRandom };

const INSERT = `
  INSERT INTO grants (id, environment_id, application_id, user_id, consent_id, user_epoch, authorized_at, redirect_uri,
    redirect_uri_sent, code_digest, code_expires_at, redeemed_at, generation, current_digest, key_id)
  SELECT @id, environment_id, application_id, user_id, id, 0, @now, @redirectUri, 1, @codeDigest, @now, @now, 1, @digest, @keyId
  FROM consents WHERE id = @consentId`;

/** Active grants straight into the table: through the server, millions would take hours. @returns tokens, spread */
export function fillGrants(
  file: string,
  parties: Parties,
  wanted: { readonly grants: number; readonly tokens: number },
): readonly string[] {
  const database = new SqliteDatabase(file);
  try {
    const keyRing = new KeyRing([parties.key]);
    const consentId = newOrderedId<ConsentId>(essentials);
    const now = Date.now();
    database
      .prepare(
        `INSERT INTO consents (id, environment_id, user_id, application_id, consented_at)
         SELECT ?, environment_id, ?, id, ? FROM applications WHERE id = ?`,
      )
      .run(consentId, parties.userId, now, parties.applicationId);
    const insert = database.prepare(INSERT);
    const each = Math.max(1, Math.floor(wanted.grants / wanted.tokens));
    const tokens: string[] = [];
    for (let done = 0; done < wanted.grants; done += ROWS_PER_TRANSACTION) {
      database.transaction(() => {
        for (let index = done; index < Math.min(done + ROWS_PER_TRANSACTION, wanted.grants); index += 1) {
          const secret = randomBytes(24);
          const id = newOrderedId<GrantId>(essentials);
          insert.run({
            ...{ id, now, redirectUri: parties.redirectUri, codeDigest: randomBytes(32), consentId },
            ...{ digest: digestOf(secret), keyId: keyRing.signing.id },
          });
          if (index % each === 0 && tokens.length < wanted.tokens) {
            tokens.push(formatRefreshToken({ grantId: id, generation: 1, secret }, keyRing.signing));
          }
        }
      })();
    }
    database.pragma('wal_checkpoint(TRUNCATE)');
    return tokens;
  } finally {
    database.close();
  }
}
