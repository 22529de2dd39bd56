import {
  parseId,
  type AuthorizationPageProblem,
  type ClientId,
  type Evidence,
  type IdentityProvider,
  type OAuthError,
  type ParameterSet,
  type Refusal,
  type UserId,
} from '@fluxo/core';
import { networkOf } from '../../adapters/network.js';
import type { FlowPage } from './flow-page.js';
import type { PageExchange } from './page-request.js';

/** Which check refused a sign-in. The name that was typed is never kept: it may be a password. */
export function noteSignInRefused(
  refused: {
    readonly type: 'user.sign-in-failed' | 'user.sign-in-throttled';
    readonly check: string;
    readonly userId?: UserId | undefined;
    /** Where the person had been sent to prove who they are. */
    readonly provider?: IdentityProvider;
  },
  { flow }: Pick<FlowPage, 'flow'>,
  exchange: PageExchange,
): void {
  const { type, check, userId, provider } = refused;
  note(exchange, {
    type,
    evidence: { check },
    ...(userId === undefined ? {} : { userId }),
    ...(flow.goal.kind === 'authorization' ? { clientId: flow.goal.clientId } : {}),
    detail: `from ${networkOf(exchange.request.ip)}${provider === undefined ? '' : ` through ${provider.name}`}`,
  });
}

/** The request that began at the authorization page went no further. */
export function noteAuthorizationRefused(
  problem: AuthorizationPageProblem,
  parameters: ParameterSet,
  exchange: PageExchange,
): void {
  const clientId = parseId<ClientId>(parameters.get('client_id') ?? '');
  note(exchange, {
    type: 'authorization.refused',
    // An identifier that is nobody's is no application's.
    ...(clientId === undefined || problem.kind === 'client-unknown' ? {} : { clientId }),
    ...explain(problem),
  });
}

/** It was refused, and its application was told by a redirect. */
export function noteRedirectRefused(
  { code, evidence }: OAuthError,
  parameters: ParameterSet,
  exchange: PageExchange,
): void {
  const clientId = parseId<ClientId>(parameters.get('client_id') ?? '');
  // Nobody was signed in, or had to be asked, and the application had said not to: that is its answer, not a mistake.
  if (evidence === undefined) return;
  note(exchange, {
    type: 'authorization.refused',
    evidence,
    detail: code,
    ...(clientId === undefined ? {} : { clientId }),
  });
}

function note({ tenant, services }: PageExchange, refusal: Omit<Refusal, 'at' | 'via'>): void {
  services.refusals.note(tenant.environment.id, { ...refusal, at: tenant.now, via: 'page' });
}

/** What came may hold a secret that somebody pasted into the wrong place; where it differs doesn't, nor an origin. */
function explain(problem: AuthorizationPageProblem): {
  readonly evidence: Evidence;
  readonly detail?: string;
} {
  if (problem.kind !== 'redirect-uri-mismatch') return { evidence: { check: problem.kind } };
  const { received, hint, position } = problem.mismatch;
  const url = URL.canParse(received) ? new URL(received) : undefined;
  const isWeb = url !== undefined && /^https?:$/.test(url.protocol);
  const where = position === undefined ? '' : ` at character ${position}`;
  return {
    evidence: {
      check: problem.kind,
      expected: 'a redirect URL of the application, to the letter',
      ...(isWeb ? { received: `${url.origin}/…` } : {}),
    },
    detail: `redirect URL differs${where} (${hint})`,
  };
}
