import type { Mutant } from './mutant.js';

const CORE = 'packages/core/src';
const OPERATIONS = 'packages/storage/src/operations';
const TEST = 'people-second-factor.test.ts';
const FACTORS = { file: `${OPERATIONS}/second-factors.ts`, test: TEST };
const FLOWS = { file: `${OPERATIONS}/flows.ts`, test: TEST };

/** Rows 55, 61 and 62 at the second factor. */
export const SECOND_FACTOR_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'code-used-twice', row: 61, ...FACTORS },
    find: ".where('last_used_step', '<', step)",
    replace: '',
  },
  {
    ...{ id: 'confirming-code-used-again', row: 61, ...FACTORS },
    find: 'last_used_step: usedStep,',
    replace: 'last_used_step: usedStep - 1,',
  },
  {
    ...{ id: 'recovery-code-used-twice', row: 61, ...FACTORS },
    find: "if ((yield* change(removeCodes(userId).where('digest', '=', digest))) === 0) return false;",
    replace: '',
  },
  {
    ...{ id: 'renewed-codes-beside-the-old', row: 61, ...FACTORS },
    find: 'yield* change(removeCodes(userId));',
    replace: '',
  },
  {
    ...{ id: 'codes-guessed-without-end', row: 61, test: TEST },
    file: `${CORE}/sign-in/prove-second-factor.ts`,
    find: "return retryAt === undefined ? { kind: 'begun', proof } : { kind: 'throttled', retryAt };",
    replace: "return { kind: 'begun', proof };",
  },
  {
    ...{ id: 'second-factor-set-up-in-an-open-browser', row: 62, test: TEST },
    file: 'packages/server/src/surfaces/pages/account-second-factor.route.ts',
    find: 'return tenant.now - evidence.createdAt < FRESH_MS;',
    replace: 'return tenant.now >= evidence.createdAt;',
  },
  {
    ...{ id: 'second-factor-skipped', row: 62, test: TEST },
    file: `${CORE}/sign-in/pass-first-factor.ts`,
    find: 'if (factor === undefined && !context.secondFactorRequired)',
    replace: 'if (true)',
    also: { file: FLOWS.file, find: 'if (yield* hasSecondFactor(scope, userId)) return false;', replace: '' },
  },
  {
    ...{ id: 'second-factor-skipped-by-provider', row: 62, test: 'sso-second-factor.test.ts' },
    file: `${CORE}/sign-in/pass-first-factor.ts`,
    find: 'if (factor === undefined && !context.secondFactorRequired)',
    replace: "if (proof.kind === 'provider' || (factor === undefined && !context.secondFactorRequired))",
    also: { file: FLOWS.file, find: 'if (yield* hasSecondFactor(scope, userId)) return false;', replace: '' },
  },
  {
    ...{ id: 'proof-outlives-its-link', row: 62, ...FLOWS, test: 'sso-second-factor.test.ts' },
    find: "if (epoch === undefined || !(yield* standsProof(scope, input))) return 'gone';",
    replace: "if (epoch === undefined) return 'gone';",
  },
  {
    ...{ id: 'wrong-code-taken', row: 62, test: TEST },
    file: `${CORE}/sign-in/prove-second-factor.ts`,
    find: "if (shown === undefined) return { kind: 'wrong-code' };",
    replace: '',
  },
  {
    ...{ id: 'second-step-without-the-first', row: 62, test: TEST },
    file: `${CORE}/sign-in/prove-second-factor.ts`,
    find: 'flow.proof !== null && flow.proof.expiresAt > now',
    replace: 'flow.proof !== null',
    also: { file: FLOWS.file, find: ".where('proof_expires_at', '>', now)", replace: '' },
  },
  {
    ...{ id: 'proof-outlives-its-password', row: 62, ...FLOWS },
    find: ".where('proven_epoch', '=', epoch)",
    replace: '',
  },
  {
    ...{ id: 'proof-of-another-name', row: 62, ...FLOWS },
    find: 'set({ username, ...NO_PROOF })',
    replace: 'set({ username })',
  },
  {
    ...{ id: 'required-and-not-asked', row: 62, test: TEST },
    file: `${CORE}/sign-in/pass-first-factor.ts`,
    find: ' && !context.secondFactorRequired',
    replace: '',
  },
  {
    ...{ id: 'set-up-over-the-old', row: 62, ...FACTORS },
    find: ".onConflict((conflict) => conflict.columns(['environment_id', 'user_id']).doNothing())",
    replace:
      ".onConflict((conflict) => conflict.columns(['environment_id', 'user_id']).doUpdateSet({ key_id: seed.keyId }))",
  },
  {
    ...{ id: 'removed-by-the-session', row: 62, test: TEST },
    file: `${CORE}/second-factor/change-second-factor.ts`,
    find: "if (!confirmed) return { kind: 'not-confirmed' };",
    replace: '',
  },
];
