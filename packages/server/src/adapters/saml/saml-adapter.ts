import { randomBytes } from 'node:crypto';
import {
  ParameterSet,
  parseFormEncoded,
  type IdentityProvider,
  type ProvenIdentity,
  type ProviderAdapter,
  type ProviderCallback,
  type ProviderOutcome,
  type ProviderRequest,
  type ProviderStart,
} from '@fluxo/core';
import type { AcceptedResponse } from './accept-response.js';
import { mapAttributes } from './attribute-mapping.js';
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
    return { kind: 'proven', identity: toIdentity(answer), once };
  }
}

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
