import { openAnonymousFlow, type LocalPage } from '@fluxo/core';
import { networkOf } from '../../adapters/network.js';
import { ensureBrowser } from './browser.js';
import type { FlowPage } from './flow-page.js';
import { authorizeContext, tooManyFlows, type PageExchange } from './page-request.js';

/** A sign-in that leads to one of our own pages. @throws PageProblem when too many were begun from this network */
export async function openPageFlow(
  exchange: PageExchange,
  path: LocalPage,
  { forceLogin = false }: { readonly forceLogin?: boolean } = {},
): Promise<FlowPage> {
  const open = await openAnonymousFlow(
    { kind: 'page', path, uiLocales: null },
    { browserDigest: ensureBrowser(exchange), network: networkOf(exchange.request.ip), forceLogin },
    authorizeContext(exchange),
  );
  if (open.kind === 'throttled') throw tooManyFlows(open.retryAt, exchange);
  return { ...open, application: undefined };
}
