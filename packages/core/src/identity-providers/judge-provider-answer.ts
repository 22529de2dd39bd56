import type { Essentials } from '../essentials.js';
import { digestOf } from '../tokens/digest.js';
import type { ReplayStore } from '../tokens/replay-store.js';
import { callbackUrlOf, misconfigured, type FederationContext } from './begin-provider-sign-in.js';
import type { IdentityProvider } from './identity-provider.js';
import type { ProviderOutcome } from './provider-adapter.js';
import { readProviderSecret } from './provider-secret.js';

export interface JudgeContext extends FederationContext {
  readonly replay: ReplayStore;
}

export interface ProviderAnswerText {
  readonly provider: IdentityProvider;
  readonly state: string;
  /** The query, or the form, as it came. */
  readonly parameters: string;
}

/** A clock that is behind may still let a proof in for as long as that. */
const CLOCK_SKEW_MS = 60_000;

/** Whom an answer proves. A proof that could be shown twice counts once, at whichever node. */
export async function judgeProviderAnswer(
  { provider, parameters, state }: ProviderAnswerText,
  memory: string,
  context: JudgeContext,
): Promise<ProviderOutcome> {
  const adapter = context.adapters[provider.settings.kind];
  const secret = await readProviderSecret(provider, context);
  if (adapter === undefined || secret.kind === 'unreadable') return misconfigured(provider, secret.kind);
  const outcome = await adapter.finish(provider, {
    ...{ parameters, state, memory, secret: secret.secret },
    callbackUrl: callbackUrlOf(context.origin, provider),
    now: context.essentials.clock.real(),
  });
  if (outcome.kind === 'failed' || outcome.once === undefined) return outcome;
  const isFirst = await claim(provider, outcome.once, context);
  return isFirst ? outcome : { kind: 'failed', reason: 'invalid', detail: 'This proof was used before.' };
}

function claim(
  { id: providerId }: IdentityProvider,
  once: { readonly id: string; readonly until: number },
  { essentials, replay }: { readonly essentials: Pick<Essentials, 'clock'>; readonly replay: ReplayStore },
): Promise<boolean> {
  const digest = digestOf(`identity-provider/${providerId}/${once.id}`);
  return replay.useOnce(digest, once.until + CLOCK_SKEW_MS, essentials.clock.real());
}
