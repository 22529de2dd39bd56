import type { AssertionStatement, Confirmation } from './read-assertion.js';
import { BEARER } from './saml-names.js';
import { refuse } from './saml-refusal.js';

/** Both sides' clocks may be wrong by this much. */
const CLOCK_SKEW_MS = 60_000;
/** A browser carries an assertion over in seconds; an old one was kept by somebody. */
const MAX_AGE_MS = 10 * 60_000;

/** What must be equal to what we know. All of it was in the request, or stands in the environment's settings. */
export interface Expected {
  readonly issuer: string;
  readonly audience: string;
  readonly recipient: string;
  readonly requestId: string;
  readonly now: number;
}

/** @returns the time from which on nobody may accept the assertion. @throws SamlRefusal */
export function judgeAssertion(statement: AssertionStatement, expected: Expected): number {
  if (statement.issuer !== expected.issuer) refuse('issuer', expected.issuer, statement.issuer ?? 'none');
  judgeAudiences(statement, expected.audience);
  judgeIssueInstant(statement.issueInstant, expected.now);
  const conditionsEnd = judgePeriod(statement, expected.now);
  const confirmationEnd = judgeConfirmations(statement.confirmations, expected);
  judgeAuthentication(statement, expected.now);
  return Math.min(conditionsEnd, confirmationEnd);
}

/** SAML core §2.5.1.4: each restriction must name us. An assertion for nobody in particular is for nobody. */
function judgeAudiences({ audiences }: AssertionStatement, ours: string): void {
  if (audiences.length === 0) refuse('audience', ours, 'no restriction');
  const other = audiences.find((restriction) => !restriction.includes(ours));
  if (other !== undefined) refuse('audience', ours, other.join(', '));
}

/** @returns the time from which on nobody takes it any more. @throws SamlRefusal */
export function judgeIssueInstant(issueInstant: string | undefined, now: number): number {
  const issued = readTime('IssueInstant', issueInstant);
  if (issued - CLOCK_SKEW_MS > now) refuse('time', `issued before ${iso(now)}`, iso(issued));
  if (issued + MAX_AGE_MS + CLOCK_SKEW_MS <= now) refuse('time', 'issued within ten minutes', iso(issued));
  return issued + MAX_AGE_MS + CLOCK_SKEW_MS;
}

/** @throws SamlRefusal for a message that says itself that it is over */
export function judgeEnd(notOnOrAfter: string | undefined, now: number): void {
  if (notOnOrAfter !== undefined) judgePeriod({ notBefore: undefined, notOnOrAfter }, now);
}

interface Period {
  readonly notBefore: string | undefined;
  readonly notOnOrAfter: string | undefined;
}

/** @returns its end */
function judgePeriod({ notBefore, notOnOrAfter }: Period, now: number): number {
  const end = readTime('NotOnOrAfter', notOnOrAfter);
  if (end + CLOCK_SKEW_MS <= now) refuse('time', `good until after ${iso(now)}`, iso(end));
  if (notBefore === undefined) return end;
  const begin = readTime('NotBefore', notBefore);
  if (begin - CLOCK_SKEW_MS > now) refuse('time', `good from ${iso(now)}`, iso(begin));
  return end;
}

/**
 * SAML profiles §4.1.4.3: a bearer confirmation for our address, in answer to our request, that hasn't ended. One of
 * several is enough. @returns its end
 */
function judgeConfirmations(confirmations: readonly Confirmation[], expected: Expected): number {
  const bearers = confirmations.filter(({ method }) => method === BEARER);
  const chosen = bearers.find((bearer) => fits(bearer, expected)) ?? bearers[0];
  if (chosen === undefined) return refuse('confirmation', BEARER, confirmations[0]?.method ?? 'none');
  return judgeConfirmation(chosen, expected);
}

function fits({ recipient, inResponseTo }: Confirmation, expected: Expected): boolean {
  return recipient === expected.recipient && inResponseTo === expected.requestId;
}

function judgeConfirmation(confirmation: Confirmation, { recipient, requestId, now }: Expected): number {
  if (confirmation.recipient !== recipient) refuse('recipient', recipient, confirmation.recipient ?? 'none');
  if (confirmation.inResponseTo !== requestId) {
    refuse('in-response-to', requestId, confirmation.inResponseTo ?? 'none, so nobody asked');
  }
  return judgePeriod(confirmation, now);
}

function judgeAuthentication({ authentications }: AssertionStatement, now: number): void {
  if (authentications.length === 0) refuse('authentication', 'an AuthnStatement', 'none');
  for (const { sessionNotOnOrAfter } of authentications) {
    if (sessionNotOnOrAfter === undefined) continue;
    const end = readTime('SessionNotOnOrAfter', sessionNotOnOrAfter);
    if (end + CLOCK_SKEW_MS <= now) refuse('time', `a session until after ${iso(now)}`, iso(end));
  }
}

/** SAML core §1.3.3: in UTC. What Date.parse takes beside that means other times to others. */
function readTime(name: string, text: string | undefined): number {
  const plain = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text ?? '');
  const time = plain ? Date.parse(text ?? '') : NaN;
  return Number.isNaN(time) ? refuse('time', `${name} as 2026-11-24T12:00:00Z`, text ?? 'none') : time;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
