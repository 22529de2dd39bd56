import { DEFAULT_ENVIRONMENT_SETTINGS, type ApplicationKind, type RefreshPolicy } from '@fluxo/core';

/** Counted from the newest, around the end: any number names one, as soon as there is one. */
export type Recent = number;

/**
 * What can happen in the life of grants. The pure model and the real storage both do it and say what came
 * of it, in the same words.
 */
export interface Deeds {
  authorize(deed: { readonly user: number; readonly application: number }): string;
  /** Authorized and redeemed at once, as nearly always. */
  connect(deed: { readonly user: number; readonly application: number }): string;
  redeem(deed: { readonly grant: Recent; readonly how: 'rightly' | 'wrong-secret' | 'wrong-url' }): string;
  /** With the token that many generations ago; -1: one that was never given out. */
  refresh(deed: { readonly grant: Recent; readonly back: number }): string;
  use(deed: { readonly session: Recent }): string;
  /** What was used is written. */
  flush(deed: object): string;
  endSession(deed: { readonly session: Recent }): string;
  signIn(deed: { readonly user: number }): string;
  revokeGrant(deed: { readonly grant: Recent }): string;
  revokeConsent(deed: { readonly user: number; readonly application: number }): string;
  giveBack(deed: { readonly grant: Recent; readonly back: number; readonly forged: boolean }): string;
  setUser(deed: { readonly user: number; readonly enabled: boolean }): string;
  setApplication(deed: { readonly application: number; readonly enabled: boolean }): string;
  setRotation(deed: { readonly application: number; readonly rotation: boolean }): string;
  setAbsoluteDays(deed: { readonly application: number; readonly days: number | null }): string;
  pass(deed: { readonly milliseconds: number }): string;
  /** The process ends and another one begins; `written`: uses were flushed before. */
  restart(deed: { readonly written: boolean }): string;
}

/** The same deeds, on something that takes its time. */
export type RealDeeds = {
  readonly [D in keyof Deeds]: (deed: Parameters<Deeds[D]>[0]) => Promise<string>;
};

/** What an outsider could find out, in the order in which things came to be. */
export interface Observed {
  readonly liveSessions: readonly boolean[];
  readonly grants: readonly ObservedGrant[];
}

export interface ObservedGrant {
  readonly stands: boolean;
  readonly revoked: boolean;
  /** Whether introspection of the newest refresh token finds it. */
  readonly refreshTokenStands: boolean;
}

export const USERS = 2;

/** Every kind of application and policy, so that each rule decides something. */
export const APPLICATIONS: readonly {
  readonly kind: ApplicationKind;
  readonly refreshPolicy: RefreshPolicy;
}[] = [
  { kind: 'web', refreshPolicy: { rotation: false, absoluteDays: null, inactivityDays: null } },
  { kind: 'web', refreshPolicy: { rotation: true, absoluteDays: 3, inactivityDays: null } },
  { kind: 'spa', refreshPolicy: { rotation: true, absoluteDays: null, inactivityDays: 1 } },
  { kind: 'web', refreshPolicy: { rotation: true, absoluteDays: null, inactivityDays: null } },
];

/** A session's total age is short, so that a few uses reach it. */
export const SETTINGS = { ...DEFAULT_ENVIRONMENT_SETTINGS, sessionTotalAgeMs: 20 * 3_600_000 };

export const NOTHING = 'nothing there';

export function recent<T>(things: readonly T[], back: Recent): T | undefined {
  return things.length === 0 ? undefined : things[things.length - 1 - (back % things.length)];
}

export function named<T>(things: readonly T[], index: number): T {
  const thing = things[index];
  if (thing === undefined) throw new RangeError(`There is no number ${index}.`);
  return thing;
}
