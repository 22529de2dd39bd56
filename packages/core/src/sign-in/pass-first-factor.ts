import type { SecondFactorStore } from '../second-factor/second-factor-store.js';
import { mintIdentifiedSecret } from '../tokens/identified-secret.js';
import {
  openBrowserSession,
  type BrowserSessionContext,
  type BrowserSessionOutcome,
  type BrowserSessionRequest,
} from './open-browser-session.js';

/** A person at the second step has time to look for their phone, and an open browser isn't left like that. */
const PROOF_LIFETIME_MS = 10 * 60_000;

export interface FirstFactorContext extends BrowserSessionContext {
  readonly secondFactors: SecondFactorStore;
  /** Whether everybody in the environment must have a second factor. */
  readonly secondFactorRequired: boolean;
}

export type FirstFactorOutcome =
  | BrowserSessionOutcome
  /** Nobody is signed in yet. The flow has a new token. */
  | { readonly kind: 'second-factor'; readonly step: 'code' | 'set-up'; readonly flow: string };

/**
 * The one place where somebody who proved who they are goes on, by password or at an identity provider. Without a
 * second factor that is the sign-in; with one the flow remembers it, on the server, and no session exists until the
 * second is shown. What a provider asked for besides we don't know, so its people are asked like all others.
 */
export async function passFirstFactor(
  request: Omit<BrowserSessionRequest, 'secondFactor'>,
  context: FirstFactorContext,
): Promise<FirstFactorOutcome> {
  const { flow, userId, proof } = request;
  const factor = await context.secondFactors.find(userId);
  if (factor === undefined && !context.secondFactorRequired) {
    return openBrowserSession({ ...request, secondFactor: 'none' }, context);
  }
  const now = context.essentials.clock.now(context.environmentId);
  const next = mintIdentifiedSecret('flow', flow.id, context.essentials.random);
  const outcome = await context.flows.prove({
    flowId: flow.id,
    expectedFlowDigest: flow.digest,
    newFlowDigest: next.digest,
    proof: { userId, by: proof, expiresAt: now + PROOF_LIFETIME_MS },
    now,
  });
  if (outcome === 'gone') return { kind: 'flow-gone' };
  return { kind: 'second-factor', step: factor === undefined ? 'set-up' : 'code', flow: next.text };
}
