import type { Flow } from '../authorize/flow.js';
import type { SentToProvider } from '../authorize/flow-store.js';
import type { IdentityProviderId } from '../ids.js';
import { equalDigests } from '../tokens/digest.js';
import { mintIdentifiedSecret, parseIdentifiedSecret } from '../tokens/identified-secret.js';
import { judgeProviderAnswer, type JudgeContext, type ProviderAnswerText } from './judge-provider-answer.js';
import type { ProviderOutcome } from './provider-adapter.js';
import { subjectDigestOf } from './provider-session.js';

export type ReceivedAnswer =
  /** The state with which the browser that began it finishes it. */
  | { readonly kind: 'kept'; readonly state: string }
  /** Nobody awaits it: not at this provider, not any more, not here. */
  | { readonly kind: 'not-awaited' };

interface Kept {
  readonly outcome: ProviderOutcome;
}

/**
 * An answer that the provider's page posts. It comes from another site, so without our cookies: whose browser it is
 * can't be seen. It is taken and judged, once, and what it proves is kept with the flow under a new state. Only the
 * browser that began the flow can go on with that.
 */
export async function receiveProviderAnswer(
  came: ProviderAnswerText,
  context: JudgeContext,
): Promise<ReceivedAnswer> {
  const flow = await findFlow(came, context);
  if (flow === undefined) return { kind: 'not-awaited' };
  const { essentials, flows, environmentId } = context;
  const { id: flowId } = flow;
  const memory = await flows.takeProviderAnswer({
    ...{ flowId, providerId: came.provider.id, stateDigest: flow.providerStateDigest ?? new Uint8Array() },
    // Nobody gets this token: the one for the next page comes at the end.
    newFlowDigest: mintIdentifiedSecret('flow', flowId, essentials.random).digest,
    now: essentials.clock.now(environmentId),
  });
  if (memory === undefined) return { kind: 'not-awaited' };
  const kept: Kept = { outcome: await judgeProviderAnswer(came, memory, context) };
  const state = mintIdentifiedSecret('provider-state', flowId, essentials.random);
  const { id: providerId } = came.provider;
  await flows.sendToProvider(flowId, {
    ...{ providerId, stateDigest: state.digest, memory: JSON.stringify(kept) },
    session: sessionOf(kept.outcome, providerId),
  });
  return { kind: 'kept', state: state.text };
}

function sessionOf(outcome: ProviderOutcome, providerId: IdentityProviderId): SentToProvider['session'] {
  const session = outcome.kind === 'proven' ? outcome.session : undefined;
  return session && { subjectDigest: subjectDigestOf(providerId, session.subject), index: session.index };
}

/** What was kept, and nothing else that a flow remembers: a request alone proves nobody. */
export function readKeptOutcome(memory: string): ProviderOutcome {
  // Our own, from the flow's row.
  const { outcome } = JSON.parse(memory) as Partial<Kept>;
  return outcome ?? { kind: 'failed', reason: 'invalid', detail: 'No answer of the provider came.' };
}

async function findFlow(
  { state, provider }: ProviderAnswerText,
  { flows }: JudgeContext,
): Promise<Flow | undefined> {
  const presented = parseIdentifiedSecret('provider-state', state);
  const flow = presented === undefined ? undefined : await flows.find(presented.id);
  if (presented === undefined || flow === undefined || flow.providerStateDigest === null) return undefined;
  const isAwaited =
    flow.providerId === provider.id && equalDigests(flow.providerStateDigest, presented.digest);
  return isAwaited ? flow : undefined;
}
