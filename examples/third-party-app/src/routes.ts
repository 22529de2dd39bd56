import type { IncomingMessage } from 'node:http';
import type { BrowserSession, BrowserSessions } from './browser-sessions.js';
import { errorPage } from './pages/error.js';
import { homePage, type OtherOrganization } from './pages/home.js';
import { projectsPage } from './pages/projects.js';
import { MARK, STYLESHEET } from './pages/stylesheet.js';
import { PROBLEMS, type Problem } from './problem.js';
import { listProjects } from './project-list.js';
import { isOpenedByAnotherSite } from './request-guard.js';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly sessions: BrowserSessions;
  readonly others: readonly OtherOrganization[];
  readonly session: BrowserSession | undefined;
}

type Handler = (visit: Visit) => Reply | Promise<Reply>;

export const ROUTES: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['GET /', home],
  ['GET /connect', connect],
  ['GET /callback', callback],
  ['GET /projects', projects],
  ['POST /refresh', refresh],
  ['POST /disconnect', disconnect],
  ['GET /lapis.css', () => asset('text/css; charset=utf-8', STYLESHEET)],
  ['GET /lapis.svg', () => asset('image/svg+xml', MARK)],
]);

function home({ session, url, others }: Visit): Reply {
  if (connected(session) !== undefined) return redirect('/projects');
  return page(200, homePage({ disconnected: url.searchParams.get('notice') === 'disconnected', others }));
}

async function connect({ request, url: asked, sessions, session }: Visit): Promise<Reply> {
  if (isOpenedByAnotherSite(request)) return problemReply(PROBLEMS.foreign);
  if (connected(session) !== undefined) return redirect('/projects');
  const visitor = await sessions.startFor(asked.searchParams.get('organization') ?? undefined, session);
  const { url, pending } = await visitor.fluxo.beginAuthorization();
  await sessions.update(visitor, { pending });
  return redirect(url, sessions.cookie(visitor));
}

async function callback({ url, sessions, session }: Visit): Promise<Reply> {
  // The back button, after all went well.
  if (connected(session) !== undefined) return redirect('/projects');
  const awaited = session === undefined ? undefined : await sessions.takePending(session);
  if (awaited === undefined) return problemReply(PROBLEMS.notAsked);
  const fresh = await sessions.start(awaited.clientId);
  try {
    const { domain, lane } = await fresh.fluxo.completeAuthorization(url, awaited.pending);
    await sessions.update(fresh, { domain, lane });
  } catch (error) {
    await sessions.end(fresh);
    throw error;
  }
  return redirect('/projects', sessions.cookie(fresh));
}

async function projects(visit: Visit): Promise<Reply> {
  const session = connected(visit.session);
  if (session === undefined) return redirect('/');
  const list = await listProjects(session.fluxo);
  const state = session.state();
  // Disconnected in another tab meanwhile.
  if (state?.tokens === undefined) return redirect('/');
  const { tokens, domain, lane } = state;
  return page(200, projectsPage({ projects: list, tokens, domain, lane, now: Date.now() }));
}

async function refresh(visit: Visit): Promise<Reply> {
  const session = connected(visit.session);
  if (session === undefined) return redirect('/');
  await session.fluxo.refresh();
  return redirect('/projects');
}

/** Fluxo first: if it can't be told, Lapis doesn't pretend, and the person can try again. */
async function disconnect({ sessions, session }: Visit): Promise<Reply> {
  if (session === undefined) return redirect('/');
  await session.fluxo.revoke();
  await sessions.end(session);
  return redirect('/?notice=disconnected', sessions.cookie());
}

function connected(session: BrowserSession | undefined): BrowserSession | undefined {
  return session?.state()?.tokens === undefined ? undefined : session;
}

export function problemReply(problem: Problem): Reply {
  return page(problem.status, errorPage(problem));
}

function page(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

function asset(contentType: string, body: string): Reply {
  return { status: 200, headers: { 'content-type': contentType, 'cache-control': 'max-age=300' }, body };
}

/** 303: whatever the method was, the next request is a GET (RFC 9110 §15.4.4). */
function redirect(location: string, cookie?: string): Reply {
  return { status: 303, headers: { location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) } };
}
