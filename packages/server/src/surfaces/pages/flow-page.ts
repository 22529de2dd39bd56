import {
  findFlow,
  ParameterSet,
  parseFormEncoded,
  type Application,
  type AuthorizationGoal,
  type Flow,
  type FoundFlow,
} from '@fluxo/core';
import { knownBrowser } from './browser.js';
import { PageProblem } from './page-problem.js';
import type { PageExchange } from './page-request.js';
import type { PageOptions } from './send-page.js';

/** A page within a flow: the flow, its token, and the application that it leads to. */
export interface FlowPage {
  readonly flow: Flow;
  readonly token: string;
  /** Undefined for a flow that leads to one of our own pages. */
  readonly application: Application | undefined;
}

/** @throws PageProblem when the flow has ended, is too old, or isn't this browser's */
export async function requireFlow(token: string | undefined, exchange: PageExchange): Promise<FlowPage> {
  const { storage, now } = exchange.tenant;
  const found = await findFlow(token ?? '', knownBrowser(exchange), { flows: storage.flows, now });
  return { ...(await requireLiveFlow(found, exchange)), token: token ?? '' };
}

/** The same for a flow that was found by something else than its token, which nobody has then. @throws PageProblem */
export async function requireLiveFlow(found: FoundFlow, { tenant }: PageExchange): Promise<FlowPage> {
  if (found.kind === 'expired') throw new PageProblem({ kind: 'flow-expired' }, 400);
  if (found.kind === 'not-yours') throw new PageProblem({ kind: 'flow-not-yours' }, 403);
  const { flow } = found;
  if (flow.goal.kind === 'page') return { flow, token: '', application: undefined };
  const application = await tenant.storage.applications.find(flow.goal.clientId);
  if (application?.enabled !== true) {
    throw new PageProblem({ kind: 'client-disabled', received: flow.goal.clientId }, 400);
  }
  return { flow, token: '', application };
}

export function flowTokenOf(exchange: PageExchange): string | undefined {
  return queryOf(exchange).get('flow');
}

export function queryOf(exchange: Pick<PageExchange, 'request'>): ParameterSet {
  return new ParameterSet(parseFormEncoded(rawQueryOf(exchange)).parameters);
}

export function rawQueryOf({ request }: Pick<PageExchange, 'request'>): string {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

/** What a page that asks for the person's decision needs to know of the flow's goal. */
export function consentOptionsOf(goal: AuthorizationGoal): PageOptions {
  return { uiLocales: goal.uiLocales, redirectUri: goal.redirectUri };
}

/**
 * The same for the sign-in pages. A password is typed there, so their forms lead to this server alone;
 * only where a consent is remembered does the sign-in end at the application.
 */
export function signInOptionsOf({ goal }: Flow, application: Application | undefined): PageOptions {
  const leadsOut = goal.kind === 'authorization' && application?.rememberConsent === true;
  return leadsOut ? consentOptionsOf(goal) : { uiLocales: goal.uiLocales };
}

/** @throws PageProblem for a flow that leads to no application */
export function requireAuthorization({ goal }: Flow): AuthorizationGoal {
  if (goal.kind === 'authorization') return goal;
  throw new PageProblem({ kind: 'flow-not-yours' }, 403);
}
