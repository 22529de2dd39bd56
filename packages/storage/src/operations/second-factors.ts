import type { NewSecondFactor, SealedSecret, SealedSeed, SecondFactor, UserId } from '@fluxo/core';
import { all, change, first, type Operation } from '../operation.js';
import type { Scope } from '../scope.js';
import { recordAudit } from './audit.js';

export function secondFactorOperations(scope: Scope) {
  const { db, environmentId } = scope;
  const update = (userId: UserId) =>
    db
      .updateTable('second_factors')
      .where('user_id', '=', userId)
      .where('environment_id', '=', environmentId);
  const removeCodes = (userId: UserId) =>
    db.deleteFrom('recovery_codes').where('user_id', '=', userId).where('environment_id', '=', environmentId);
  const addCodes = (userId: UserId, digests: readonly Uint8Array[]) =>
    change(
      db
        .insertInto('recovery_codes')
        .values(digests.map((digest) => ({ environment_id: environmentId, user_id: userId, digest }))),
    );
  return {
    reads: {
      *listSealedWith(
        keyId: string,
        { after, limit }: { readonly after: UserId | undefined; readonly limit: number },
      ): Operation<readonly SealedSeed[]> {
        const seeds = db
          .selectFrom('second_factors')
          .select(['user_id', 'sealed_seed'])
          .where('environment_id', '=', environmentId)
          .where('key_id', '=', keyId)
          .orderBy('user_id')
          .limit(limit);
        const rows = yield* all(after === undefined ? seeds : seeds.where('user_id', '>', after));
        return rows.map((row) => ({
          userId: row.user_id as UserId,
          seed: { keyId, bytes: row.sealed_seed },
        }));
      },
      *find(userId: UserId): Operation<SecondFactor | undefined> {
        const row = yield* first(
          db
            .selectFrom('second_factors')
            .selectAll()
            .select((eb) =>
              eb
                .selectFrom('recovery_codes')
                .select(eb.fn.countAll<number>().as('codes'))
                .whereRef('recovery_codes.environment_id', '=', 'second_factors.environment_id')
                .whereRef('recovery_codes.user_id', '=', 'second_factors.user_id')
                .as('codes'),
            )
            .where('user_id', '=', userId)
            .where('environment_id', '=', environmentId),
        );
        return (
          row && {
            userId,
            seed: { keyId: row.key_id, bytes: row.sealed_seed },
            addedAt: row.added_at,
            recoveryCodesLeft: Number(row.codes),
          }
        );
      },
    },
    writes: {
      *add(factor: NewSecondFactor): Operation<'added' | 'refused'> {
        const { userId, now } = factor;
        if ((yield* insertSecondFactor(scope, factor)) === 'refused') return 'refused';
        yield* addCodes(userId, factor.recoveryDigests);
        yield* recordAudit(scope, { type: 'second-factor.added', userId, at: now });
        return 'added';
      },
      /** The predicate is the rule: of two who bring one step the second finds it used. */
      *useStep(userId: UserId, step: number): Operation<boolean> {
        const used = yield* change(
          update(userId).set({ last_used_step: step }).where('last_used_step', '<', step),
        );
        return used === 1;
      },
      *useRecoveryCode(userId: UserId, digest: Uint8Array, now: number): Operation<boolean> {
        if ((yield* change(removeCodes(userId).where('digest', '=', digest))) === 0) return false;
        yield* recordAudit(scope, { type: 'second-factor.recovery-code-used', userId, at: now });
        return true;
      },
      *renewRecoveryCodes(userId: UserId, digests: readonly Uint8Array[], now: number): Operation<boolean> {
        // Also the lock under which the codes change: of two renewals one comes after the other.
        if ((yield* change(update(userId).set({ user_id: userId }))) === 0) return false;
        yield* change(removeCodes(userId));
        yield* addCodes(userId, digests);
        yield* recordAudit(scope, { type: 'second-factor.recovery-codes-renewed', userId, at: now });
        return true;
      },
      *reseal(userId: UserId, from: SealedSecret, to: SealedSecret): Operation<void> {
        yield* change(
          update(userId)
            .set({ sealed_seed: to.bytes, key_id: to.keyId })
            .where('key_id', '=', from.keyId)
            .where('sealed_seed', '=', from.bytes),
        );
      },
      *remove(userId: UserId, by: 'user' | 'administrator', now: number): Operation<boolean> {
        if (!(yield* dropSecondFactor(scope, userId))) return false;
        yield* recordAudit(scope, { type: 'second-factor.removed', userId, at: now, detail: `by ${by}` });
        return true;
      },
    },
  };
}

function* insertSecondFactor(
  { db, environmentId }: Scope,
  { userId, seed, usedStep, now }: NewSecondFactor,
): Operation<'added' | 'refused'> {
  // Nobody who isn't there, or may not sign in, gets a second factor.
  const user = yield* first(
    db
      .selectFrom('users')
      .select('id')
      .where('id', '=', userId)
      .where('environment_id', '=', environmentId)
      .where('disabled_at', 'is', null),
  );
  if (user === undefined) return 'refused';
  const added = yield* change(
    db
      .insertInto('second_factors')
      .values({
        environment_id: environmentId,
        user_id: userId,
        sealed_seed: seed.bytes,
        key_id: seed.keyId,
        last_used_step: usedStep,
        added_at: now,
      })
      .onConflict((conflict) => conflict.columns(['environment_id', 'user_id']).doNothing()),
  );
  if (added === 0) return 'refused';
  return 'added';
}

/** With its recovery codes; part of what ends the user or the factor. */
export function* dropSecondFactor({ db, environmentId }: Scope, userId: UserId): Operation<boolean> {
  const rows = (table: 'recovery_codes' | 'second_factors') =>
    db.deleteFrom(table).where('user_id', '=', userId).where('environment_id', '=', environmentId);
  yield* change(rows('recovery_codes'));
  return (yield* change(rows('second_factors'))) === 1;
}

/** In the transaction of a sign-in: a second factor that was added at this moment counts already. */
export function* hasSecondFactor({ db, environmentId }: Scope, userId: UserId): Operation<boolean> {
  const row = yield* first(
    db
      .selectFrom('second_factors')
      .select('user_id')
      .where('user_id', '=', userId)
      .where('environment_id', '=', environmentId),
  );
  return row !== undefined;
}
