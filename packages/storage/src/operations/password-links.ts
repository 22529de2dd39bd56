import type { PasswordLink, PasswordLinkRedemption, UserId } from '@fluxo/core';
import { sql } from '../kysely.js';
import { change, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';
import { endConnections } from './end-connections.js';

export function passwordLinkOperations(scope: Scope) {
  const { db, environmentId } = scope;
  return {
    reads: {
      *find(userId: UserId): Operation<PasswordLink | undefined> {
        const row = yield* first(
          db
            .selectFrom('password_links')
            .selectAll()
            .where('user_id', '=', userId)
            .where('environment_id', '=', environmentId),
        );
        return row && { userId, digest: row.digest, purpose: row.purpose, expiresAt: row.expires_at };
      },
    },
    writes: {
      *issue(
        { userId, digest, purpose, expiresAt }: PasswordLink,
        now: number,
      ): Operation<'issued' | 'gone'> {
        const user = yield* first(
          db
            .selectFrom('users')
            .select('id')
            .where('id', '=', userId)
            .where('environment_id', '=', environmentId)
            .where('disabled_at', 'is', null)
            .where('only_single_sign_on', '=', 0),
        );
        if (user === undefined) return 'gone';
        const link = { digest, purpose, expires_at: expiresAt };
        yield* change(
          db
            .insertInto('password_links')
            .values({ environment_id: environmentId, user_id: userId, ...link })
            .onConflict((conflict) => conflict.columns(['environment_id', 'user_id']).doUpdateSet(link)),
        );
        const type = purpose === 'reset' ? 'user.password-link-sent' : 'user.invited';
        yield* recordAudit(scope, { type, userId, at: now });
        return 'issued';
      },
      redeem: (redemption: PasswordLinkRedemption) => redeem(scope, redemption),
    },
  };
}

/** The deletion is the rule: of several only one finds the link, with its secret, in its time. */
function* redeem(scope: Scope, redemption: PasswordLinkRedemption): Operation<'set' | 'gone'> {
  const { db, environmentId } = scope;
  const { userId, digest, passwordHash, endsConnections, now } = redemption;
  const link = yield* first(
    db
      .deleteFrom('password_links')
      .where('user_id', '=', userId)
      .where('environment_id', '=', environmentId)
      .where('digest', '=', digest)
      .where('expires_at', '>', now)
      .returning('purpose'),
  );
  if (link === undefined) return 'gone';
  const changed = yield* change(
    db
      .updateTable('users')
      .set({ password_hash: passwordHash, session_epoch: sql<number>`session_epoch + 1` })
      .where('id', '=', userId)
      .where('environment_id', '=', environmentId)
      .where('disabled_at', 'is', null)
      .where('only_single_sign_on', '=', 0),
  );
  if (changed === 0) return 'gone';
  if (endsConnections) yield* endConnections(scope, userId, now);
  const detail = endsConnections ? `${link.purpose}, connections ended` : link.purpose;
  yield* recordAudit(scope, { type: 'user.password-set-by-link', userId, at: now, detail });
  return 'set';
}

/** What changed for the user makes a link on its way somebody else's, perhaps. */
export function* dropPasswordLink({ db, environmentId }: Scope, userId: UserId): Operation<void> {
  yield* change(
    db.deleteFrom('password_links').where('user_id', '=', userId).where('environment_id', '=', environmentId),
  );
}
