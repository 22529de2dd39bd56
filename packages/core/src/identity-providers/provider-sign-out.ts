import type { SessionId } from '../ids.js';
import { digestOf } from '../tokens/digest.js';
import { misconfigured, type FederationContext } from './begin-provider-sign-in.js';
import type { IdentityProvider } from './identity-provider.js';
import type { ProviderFailure, SignOutReading, SignOutStart } from './provider-adapter.js';
import { readProviderSecret } from './provider-secret.js';
import type { FoundProviderSession, ProviderSessionStore } from './provider-session-store.js';
import { openProviderSession, subjectDigestOf } from './provider-session.js';
import {
  isSignOutRequestId,
  mintSignOutTicket,
  readSignOutTicket,
  signOutRequestId,
  type TicketUse,
} from './sign-out-ticket.js';

export interface SignOutContext extends FederationContext {
  readonly providerSessions: ProviderSessionStore;
}

/** Where the browser comes back to. A SAML provider sends its messages to an address of its own, as it does its answers. */
export function signOutUrlOf(
  origin: string,
  { id, settings }: Pick<IdentityProvider, 'id' | 'settings'>,
): string {
  return settings.kind === 'oidc' ? `${origin}/signed-out` : `${origin}/sign-in/saml/${id}/slo`;
}

/** A session that ended, and the provider that may have one of its own still. */
export interface OfferedSignOut {
  readonly sessionId: SessionId;
  readonly provider: IdentityProvider;
  readonly session: FoundProviderSession;
}

/** Undefined where the session came of no provider, of one that offers no sign-out, or of one that is disabled. */
export async function findOfferedSignOut(
  sessionId: SessionId,
  { identityProviders, providerSessions }: Pick<SignOutContext, 'identityProviders' | 'providerSessions'>,
): Promise<OfferedSignOut | undefined> {
  const session = await providerSessions.find(sessionId);
  const provider = session && (await identityProviders.find(session.providerId));
  return session && provider?.enabled === true ? { sessionId, provider, session } : undefined;
}

interface TicketContext extends Pick<SignOutContext, 'environmentId' | 'essentials'> {
  readonly browserDigest: Uint8Array;
}

export function signOutTicketFor(sessionId: SessionId, use: TicketUse, context: TicketContext): string {
  return mintSignOutTicket(sessionId, placeOf(use, context), context.essentials.keyRing);
}

/** @returns the session that ended, for the browser that it was in */
export function sessionOfTicket(
  ticket: string,
  use: TicketUse,
  context: TicketContext,
): SessionId | undefined {
  return readSignOutTicket(ticket, placeOf(use, context), context.essentials.keyRing);
}

const placeOf = (use: TicketUse, { environmentId, essentials, browserDigest }: TicketContext) => ({
  ...{ use, environmentId, browserDigest },
  now: essentials.clock.real(),
});

/** Sends whoever signed out here to the provider, to sign out there as well. */
export async function beginProviderSignOut(
  { sessionId, provider, session }: OfferedSignOut,
  context: SignOutContext & TicketContext,
): Promise<SignOutStart> {
  const adapter = context.adapters[provider.settings.kind];
  const secret = await readProviderSecret(provider, context);
  const memory = openProviderSession(session, context);
  if (adapter === undefined || secret.kind === 'unreadable' || memory === undefined)
    return misconfigured(provider, 'unreadable');
  const state = signOutTicketFor(sessionId, 'answered', context);
  return adapter.signOut(provider, {
    ...{ state, memory, secret: secret.secret },
    requestId: signOutRequestId(state, context.essentials.keyRing),
    signOutUrl: signOutUrlOf(context.origin, provider),
  });
}

export type SignOutReceipt =
  /** The person is signed out there; the state says in which browser this counts. */
  | { readonly kind: 'signed-out'; readonly state: string }
  /** The provider asked, and what it meant has ended. Our answer goes there. */
  | { readonly kind: 'ended'; readonly sessions: number; readonly location: string }
  | ({ readonly kind: 'failed' } & ProviderFailure);

/** A provider's message at our address for sign-outs. Its signature alone counts: no cookie is looked at. */
export async function receiveProviderSignOut(
  provider: IdentityProvider,
  query: string,
  context: SignOutContext,
): Promise<SignOutReceipt> {
  const adapter = context.adapters[provider.settings.kind];
  const secret = await readProviderSecret(provider, context);
  if (adapter?.readSignOut === undefined || secret.kind === 'unreadable')
    return misconfigured(provider, secret.kind);
  const side = { signOutUrl: signOutUrlOf(context.origin, provider), secret: secret.secret };
  const message = { ...side, query, now: context.essentials.clock.real() };
  const reading = await adapter.readSignOut(provider, message);
  if (reading.kind === 'failed') return reading;
  if (reading.kind === 'answered') return judgeAnswer(reading, context);
  const sessions = await endAsked(provider, reading, context);
  if (sessions === 'replayed') return refused('This request was used before.');
  const { requestId: inResponseTo, relayState } = reading;
  const answer = await adapter.answerSignOut?.(provider, { ...side, inResponseTo, relayState });
  if (answer?.kind !== 'go') return answer ?? misconfigured(provider, 'read');
  return { kind: 'ended', sessions, location: answer.location };
}

function judgeAnswer(
  { state, inResponseTo, succeeded }: Extract<SignOutReading, { readonly kind: 'answered' }>,
  { essentials }: SignOutContext,
): SignOutReceipt {
  if (!isSignOutRequestId(inResponseTo, state, essentials.keyRing)) return refused('Nobody asked for it.');
  return succeeded
    ? { kind: 'signed-out', state }
    : { kind: 'failed', reason: 'refused', detail: 'The provider signed nobody out.' };
}

function endAsked(
  { id: providerId }: IdentityProvider,
  { requestId, subject, indexes, until }: Extract<SignOutReading, { readonly kind: 'asked' }>,
  { essentials: { clock }, environmentId, providerSessions }: SignOutContext,
): Promise<number | 'replayed'> {
  const digest = digestOf(`provider-sign-out/${providerId}/${requestId}`);
  const subjectDigest = subjectDigestOf(providerId, subject);
  const once = { digest, until, now: clock.real() };
  return providerSessions.end({ providerId, subjectDigest, indexes, once }, clock.now(environmentId));
}

function refused(detail: string): Extract<SignOutReceipt, { readonly kind: 'failed' }> {
  return { kind: 'failed', reason: 'invalid', detail };
}
