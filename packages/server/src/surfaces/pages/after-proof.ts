import {
  findKnownDevice,
  mintKnownDevice,
  type BrowserSessionOutcome,
  type FirstFactorOutcome,
  type Flow,
  type SecondFactorChangeContext,
  type SecondStepContext,
  type SignInContext,
  type UserId,
} from '@fluxo/core';
import type { FastifyReply } from 'fastify';
import { readKnownDevices, setKnownDevices, setSessionCookie } from '../../http/cookies.js';
import { redirectStatus, type PageExchange } from './page-request.js';

/** What core's sign-in needs of this request, whichever step it is at. */
export function signInContext({
  tenant,
  services,
}: PageExchange): SignInContext & SecondStepContext & SecondFactorChangeContext {
  const { environment, storage } = tenant;
  const { users, flows, throttle, secondFactors } = storage;
  const { essentials, passwordHasher, oneTimeCodes } = services;
  return {
    environmentId: environment.id,
    ...{ essentials, users, flows, throttle, secondFactors, passwordHasher, oneTimeCodes },
    sessionIdleTimeoutMs: environment.settings.sessionIdleTimeoutMs,
    secondFactorRequired: environment.settings.secondFactor === 'required',
    singleSignOn: environment.settings,
  };
}

export function userAgentOf({ request }: PageExchange): string | null {
  return request.headers['user-agent']?.slice(0, 300) ?? null;
}

type SignedIn = Extract<BrowserSessionOutcome, { readonly kind: 'signed-in' }>;

/** Signed in: on to the consent screen, or to the page of ours that the person wanted. RFC 9700 §4.12: 303 after a form. */
export async function enter(signedIn: SignedIn, flow: Flow, exchange: PageExchange): Promise<FastifyReply> {
  return exchange.reply.redirect(await openDoor(signedIn, flow, exchange), redirectStatus(exchange));
}

/** Gives the browser its session. @returns the path where the flow goes on */
export async function openDoor(
  { sessionId, flow: token, userId }: SignedIn,
  { id, goal }: Flow,
  exchange: PageExchange,
): Promise<string> {
  const { reply, tenant, services } = exchange;
  setSessionCookie(reply, sessionId, services.secure);
  await rememberDevice(userId, exchange);
  if (goal.kind === 'authorization') return `/consent?flow=${token}`;
  await tenant.storage.flows.end(id);
  return goal.path;
}

/** From now on strangers who guess at this account don't shut this browser out. */
async function rememberDevice(userId: UserId, { request, reply, tenant, services }: PageExchange) {
  const { users } = tenant.storage;
  const { essentials, secure } = services;
  const account = await users.findWithPassword(userId);
  if (account === undefined) return;
  const at = { environmentId: tenant.environment.id, keyRing: essentials.keyRing };
  const before = readKnownDevices(request, secure);
  const token =
    findKnownDevice(before, account, at)?.token ?? mintKnownDevice(account, at.environmentId, essentials);
  setKnownDevices(reply, [token, ...before.filter((other) => other !== token)], secure);
}

/** Proven, and not signed in: on to the page that asks for the second factor, or sets one up. */
export function askSecondFactor(
  { step, flow }: Extract<FirstFactorOutcome, { readonly kind: 'second-factor' }>,
  exchange: PageExchange,
): FastifyReply {
  const path = step === 'code' ? '/sign-in/second-factor' : '/sign-in/second-factor/set-up';
  return exchange.reply.redirect(`${path}?flow=${flow}`, redirectStatus(exchange));
}
