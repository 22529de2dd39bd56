import type { Flow, FlowProof } from '../authorize/flow.js';
import {
  checkSecondFactor,
  type SecondFactorContext,
  type ShownFactor,
} from '../second-factor/check-second-factor.js';
import { confirmSetup, type SetupOutcome } from '../second-factor/set-up.js';
import {
  openBrowserSession,
  type BrowserSessionContext,
  type BrowserSessionOutcome,
  type BrowserSessionRequest,
} from './open-browser-session.js';
import { flowRule, secondFactorRules, type ThrottleStore } from './throttle.js';

export type SecondStepContext = BrowserSessionContext &
  SecondFactorContext & { readonly throttle: ThrottleStore };

export interface SecondStep extends Pick<BrowserSessionRequest, 'flow' | 'userAgent' | 'previousSessionId'> {
  /** A code of the app; at the sign-in also a recovery code. */
  readonly typed: string;
  readonly network: string;
}

type StepRefused =
  /** Nobody proved anything within this flow, or too long ago: it begins with the username again. */
  { readonly kind: 'proof-gone' } | { readonly kind: 'throttled'; readonly retryAt: number };

export type SecondFactorOutcome = BrowserSessionOutcome | StepRefused | { readonly kind: 'wrong-code' };

/** The second step of a sign-in. What the first one proved is the server's knowledge, never the form's. */
export async function proveSecondFactor(
  step: SecondStep,
  context: SecondStepContext,
): Promise<SecondFactorOutcome> {
  const begun = await beginStep(step, context);
  if (begun.kind !== 'begun') return begun;
  const shown = await checkSecondFactor(begun.proof.userId, step.typed, context);
  if (shown === undefined) return { kind: 'wrong-code' };
  return finish(step, { ...begun.proof, shown }, context);
}

export type SetupStepOutcome =
  | StepRefused
  | Exclude<SetupOutcome, { readonly kind: 'added' }>
  | {
      readonly kind: 'added';
      readonly recoveryCodes: readonly string[];
      readonly signedIn: BrowserSessionOutcome;
    };

/** Where everybody must have a second factor: who has none sets one up, and is signed in by it. */
export async function setUpWithinSignIn(
  step: SecondStep & { readonly setup: string },
  context: SecondStepContext,
): Promise<SetupStepOutcome> {
  const begun = await beginStep(step, context);
  if (begun.kind !== 'begun') return begun;
  const { userId } = begun.proof;
  const outcome = await confirmSetup({ userId, setup: step.setup, typed: step.typed }, context);
  if (outcome.kind !== 'added') return outcome;
  return { ...outcome, signedIn: await finish(step, { ...begun.proof, shown: 'code' }, context) };
}

/** What was proven within the flow and is still good. */
export function standingProof(flow: Flow, now: number): FlowProof | undefined {
  return flow.proof !== null && flow.proof.expiresAt > now ? flow.proof : undefined;
}

async function beginStep(
  { flow, network }: SecondStep,
  { essentials, environmentId, throttle }: SecondStepContext,
): Promise<StepRefused | { readonly kind: 'begun'; readonly proof: FlowProof }> {
  const now = essentials.clock.now(environmentId);
  const proof = standingProof(flow, now);
  if (proof === undefined) return { kind: 'proof-gone' };
  const retryAt = await throttle.take(secondFactorRules(proof.userId, network), now);
  return retryAt === undefined ? { kind: 'begun', proof } : { kind: 'throttled', retryAt };
}

async function finish(
  { flow, userAgent, previousSessionId, network }: SecondStep,
  { userId, by, shown }: FlowProof & { readonly shown: ShownFactor },
  context: SecondStepContext,
): Promise<BrowserSessionOutcome> {
  const proven = { userId, proof: by, secondFactor: shown };
  const outcome = await openBrowserSession({ flow, userAgent, previousSessionId, ...proven }, context);
  const now = context.essentials.clock.now(context.environmentId);
  await context.throttle.giveBack([...secondFactorRules(userId, network), flowRule(network)], now);
  return outcome;
}
