import { randomBytes } from 'node:crypto';
import {
  ParameterSet,
  parseFormEncoded,
  type IdentityProvider,
  type ProvenIdentity,
  type ProvenSession,
  type ProviderAdapter,
  type ProviderCallback,
  type ProviderOutcome,
  type ProviderRequest,
  type ProviderSignOut,
  type ProviderStart,
  type SignOutAnswer,
  type SignOutMessage,
  type SignOutReading,
  type SignOutStart,
} from '@fluxo/core';
import type { AcceptedResponse, NamedSubject, RefusedResponse } from './accept-response.js';
import { mapAttributes } from './attribute-mapping.js';
import type { SignOutStatement } from './read-sign-out.js';
import { serviceProviderSettings } from './service-provider-settings.js';
import { samlServiceProvider, type SamlServiceProvider } from './service-provider.js';

/** What is kept with the flow until the response comes. */
interface Memory {
  readonly requestId: string;
}

const REQUEST_ID_BYTES = 16;

/** The service provider of SAML 2.0's web browser profile (profiles §4.1): it asks, and takes nothing it didn't ask for. */
export class SamlAdapter implements ProviderAdapter {
  async begin(provider: IdentityProvider, request: ProviderRequest): Promise<ProviderStart> {
    const us = serviceProviderOf(provider, request);
    if (us === undefined) return INCOMPLETE;
    const memory: Memory = { requestId: `_${randomBytes(REQUEST_ID_BYTES).toString('hex')}` };
    const asked = await us.loginRequest({
      ...{ relayState: request.state, requestId: memory.requestId, forceAuthn: request.forceLogin },
    });
    const to =
      asked.kind === 'redirect' ? { location: asked.url } : { location: asked.action, form: asked.fields };
    return { kind: 'go', ...to, memory: JSON.stringify(memory) };
  }

  async finish(provider: IdentityProvider, callback: ProviderCallback): Promise<ProviderOutcome> {
    const us = serviceProviderOf(provider, callback);
    if (us === undefined) return INCOMPLETE;
    // Our own, from the flow's row.
    const { requestId } = JSON.parse(callback.memory) as Partial<Memory>;
    if (requestId === undefined) return { kind: 'failed', reason: 'invalid', detail: 'Nobody asked for it.' };
    const form = new ParameterSet(parseFormEncoded(callback.parameters).parameters);
    const answer = await us.acceptResponse(form.get('SAMLResponse') ?? '', {
      ...{ expectedRequestId: requestId, now: callback.now },
    });
    if (answer.kind === 'refused') {
      const detail = `${answer.check}: expected ${answer.expected}, received ${answer.received}`;
      return { kind: 'failed', reason: answer.check === 'status' ? 'refused' : 'invalid', detail };
    }
    const once = { id: answer.assertionId, until: answer.notOnOrAfter };
    const session = us.offersSignOut ? toSession(answer) : undefined;
    return { kind: 'proven', identity: toIdentity(answer), once, session };
  }

  async signOut(provider: IdentityProvider, request: ProviderSignOut): Promise<SignOutStart> {
    const us = serviceProviderOf(provider, asOurSide(request));
    // Our own, from the session's row.
    const { sessionIndex, ...subject } = JSON.parse(request.memory) as SignOutMemory;
    const { state: relayState, requestId } = request;
    const location = await us?.logoutUrl({
      ...{ relayState, requestId, sessionIndex },
      ...{ nameId: subject.nameId, format: subject.format },
      ...{ nameQualifier: subject.nameQualifier, spNameQualifier: subject.spNameQualifier },
    });
    return location === undefined ? NO_SIGN_OUT : { kind: 'go', location };
  }

  readSignOut(provider: IdentityProvider, message: SignOutMessage): Promise<SignOutReading> {
    const read = serviceProviderOf(provider, asOurSide(message))?.readSignOut(message.query, message.now);
    return Promise.resolve(read === undefined ? INCOMPLETE : toReading(read));
  }

  answerSignOut(provider: IdentityProvider, answer: SignOutAnswer): Promise<SignOutStart> {
    const location = serviceProviderOf(provider, asOurSide(answer))?.answerSignOut(answer);
    return Promise.resolve(location === undefined ? NO_SIGN_OUT : { kind: 'go', location });
  }
}

/** What is kept with the session: whom the provider knows, and by which of its sessions. */
type SignOutMemory = Partial<NamedSubject> &
  Pick<NamedSubject, 'nameId'> & { readonly sessionIndex?: string | undefined };

const MAX_INDEX_CHARACTERS = 256;

/** A NameID is the person's at this provider, whatever format a message calls it by. */
function toSession({ subject, sessionIndex }: AcceptedResponse): ProvenSession {
  const fits = sessionIndex !== undefined && sessionIndex.length <= MAX_INDEX_CHARACTERS;
  const memory: SignOutMemory = { ...subject, sessionIndex };
  return { subject: subject.nameId, index: fits ? sessionIndex : null, memory: JSON.stringify(memory) };
}

function toReading(read: SignOutStatement | RefusedResponse): SignOutReading {
  switch (read.kind) {
    case 'refused':
      return {
        ...{ kind: 'failed', reason: 'invalid' },
        detail: `${read.check}: expected ${read.expected}, received ${read.received}`,
      };
    case 'response':
      return { ...read, kind: 'answered', state: read.relayState ?? '' };
    case 'request': {
      const { id: requestId, nameId: subject, sessionIndexes: indexes, relayState, until } = read;
      return { kind: 'asked', requestId, subject, indexes, relayState, until };
    }
  }
}

/** Our ACS address says all of our names, and stands beside the one for sign-outs. */
function asOurSide({ signOutUrl, secret }: Pick<SignOutMessage, 'signOutUrl' | 'secret'>) {
  return { callbackUrl: new URL('acs', signOutUrl).href, secret };
}

const NO_SIGN_OUT = {
  kind: 'failed',
  reason: 'misconfigured',
  detail: 'The provider offers no sign-out by redirect.',
} as const;

const INCOMPLETE = {
  kind: 'failed',
  reason: 'misconfigured',
  detail: 'The provider’s entity ID, sign-on URL or certificate is missing: read its metadata.',
} as const;

function serviceProviderOf(
  { settings }: IdentityProvider,
  asked: Pick<ProviderRequest, 'callbackUrl' | 'secret'>,
): SamlServiceProvider | undefined {
  const agreed = settings.kind === 'saml' ? serviceProviderSettings(settings, asked) : undefined;
  return agreed && samlServiceProvider(agreed);
}

/** Under the names of ours too, so that providers that nobody renamed anything at need no mapping. */
function toIdentity(accepted: AcceptedResponse): ProvenIdentity {
  const { federationId, ...usual } = mapAttributes(accepted);
  const ours = Object.entries(usual).map(([name, value]): [string, readonly string[]] => [name, [value]]);
  return {
    // A NameID that is another one each time names nobody: core refuses an empty one.
    subject: federationId ?? '',
    attributes: Object.fromEntries([...ours, ...accepted.attributes]),
    emailVerified: undefined,
  };
}
