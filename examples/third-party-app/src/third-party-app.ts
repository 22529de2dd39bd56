import { createServer, type IncomingMessage, type Server } from 'node:http';
import { BrowserSessions, type Registration } from './browser-sessions.js';
import type { OtherOrganization } from './pages/home.js';
import { problemOf, PROBLEMS } from './problem.js';
import { isFromOurPages, SECURITY_HEADERS } from './request-guard.js';
import { problemReply, ROUTES, type Reply } from './routes.js';
import { SessionFile } from './session-file.js';

export interface ThirdPartyAppOptions extends Registration {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Where the sessions are kept; made if it isn't there. */
  readonly dataDir: string;
  /** The address people open. Default: `http://<host>:<port>`. Its `/callback` is the redirect URL to register. */
  readonly appOrigin?: string | undefined;
  /** Where else the application is registered: the home page offers these below its button. */
  readonly otherOrganizations?: readonly (Registration & Pick<OtherOrganization, 'invitation'>)[];
}

export interface ThirdPartyApp {
  /** The address to open. */
  readonly url: string;
  /** Stops taking requests, finishes those under way, and waits for the disk. */
  close(): Promise<void>;
}

/**
 * Starts Lapis, an application as a stranger would write it.
 *
 * @throws FluxoError `invalid_option`; Error when the session file can't be read or the port is taken
 */
export async function startThirdPartyApp(options: ThirdPartyAppOptions): Promise<ThirdPartyApp> {
  const file = await SessionFile.open(options.dataDir);
  const server = createServer();
  await listen(server, options);
  const appOrigin = options.appOrigin ?? ownOrigin(server, options.host);
  const { otherOrganizations: others = [] } = options;
  const sessions = new BrowserSessions(file, {
    redirectUri: `${appOrigin}/callback`,
    organizations: [registrationOf(options), ...others.map(registrationOf)],
  });

  server.on('request', (request: IncomingMessage, response) => {
    request.resume();
    void answer(request, { appOrigin, sessions, others }).then(({ status, headers, body }) => {
      response.writeHead(status, { ...SECURITY_HEADERS, ...headers });
      response.end(body);
    });
  });
  return {
    url: `${appOrigin}/`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await file.settled();
    },
  };
}

interface App {
  readonly appOrigin: string;
  readonly sessions: BrowserSessions;
  readonly others: readonly OtherOrganization[];
}

function registrationOf({ fluxoOrigin, clientId, clientSecret, fetch }: Registration): Registration {
  return { fluxoOrigin, clientId, clientSecret, fetch };
}

async function answer(request: IncomingMessage, { appOrigin, sessions, others }: App): Promise<Reply> {
  try {
    const target = request.url ?? '';
    // RFC 9112 §3.2 knows other forms of a target, none of which is a page of ours.
    if (!target.startsWith('/')) return problemReply(PROBLEMS.notFound);
    const url = new URL(appOrigin + target);
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    // Our cookie and our redirect URL belong to one address; `localhost` is another, however alike it looks.
    if (request.headers.host !== url.host && method === 'GET') {
      return { status: 307, headers: { location: url.href } };
    }
    if (method !== 'GET' && !isFromOurPages(request, appOrigin)) return problemReply(PROBLEMS.foreign);
    const handler = ROUTES.get(`${method} ${url.pathname}`);
    if (handler === undefined) return problemReply(PROBLEMS.notFound);
    return await handler({ request, url, sessions, others, session: sessions.find(request.headers.cookie) });
  } catch (error) {
    const problem = problemOf(error);
    // Errors of the client package have no secret in them, so they may be written down whole.
    if (problem.kind === 'unexpected') process.stderr.write(`${String(error)}\n`);
    return problemReply(problem);
  }
}

async function listen(server: Server, { port, host }: ThirdPartyAppOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function ownOrigin(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
