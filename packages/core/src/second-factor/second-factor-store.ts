import type { UserId } from '../ids.js';
import type { SealedSecret } from '../keys/sealed-secret.js';

/** A user's authenticator app. */
export interface SecondFactor {
  readonly userId: UserId;
  readonly seed: SealedSecret;
  readonly addedAt: number;
  readonly recoveryCodesLeft: number;
}

export interface NewSecondFactor {
  readonly userId: UserId;
  readonly seed: SealedSecret;
  /** The step of the code that confirmed it: that code is used. */
  readonly usedStep: number;
  readonly recoveryDigests: readonly Uint8Array[];
  readonly now: number;
}

export type SealedSeed = Pick<SecondFactor, 'userId' | 'seed'>;

/** Bound to one environment. */
export interface SecondFactorStore {
  find(userId: UserId): Promise<SecondFactor | undefined>;
  /** Of two at once one is added, with its recovery codes. `refused`: there is one, or no such user. */
  add(factor: NewSecondFactor): Promise<'added' | 'refused'>;
  /** A step is used once, by whichever node asks first, and none before it is used afterwards. */
  useStep(userId: UserId, step: number): Promise<boolean>;
  /** A recovery code is used once, by whichever node asks first. */
  useRecoveryCode(userId: UserId, digest: Uint8Array, now: number): Promise<boolean>;
  /** The codes before are void. False without a second factor. */
  renewRecoveryCodes(userId: UserId, digests: readonly Uint8Array[], now: number): Promise<boolean>;
  /** The same seed under another key; nothing happens when it was changed meanwhile. */
  reseal(userId: UserId, from: SealedSecret, to: SealedSecret): Promise<void>;
  /** By user; those after one of them, for the next page. */
  listSealedWith(
    keyId: string,
    page: { readonly after: UserId | undefined; readonly limit: number },
  ): Promise<readonly SealedSeed[]>;
  /** With its recovery codes. @param by for the record */
  remove(userId: UserId, by: 'user' | 'administrator', now: number): Promise<boolean>;
}
