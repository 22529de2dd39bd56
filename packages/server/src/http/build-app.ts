import { UnavailableError } from '@fluxo/core';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { LogStream } from '../adapters/log-lines.js';
import type { Services } from '../services.js';
import { answersTogether } from './answers-together.js';
import { observe } from './observed.js';
import { quote } from './quote.js';

export interface AppOptions {
  readonly trustedProxies: readonly string[];
  readonly logLevel: 'info' | 'silent';
  readonly logStream: LogStream;
  /** What every line says of the process that wrote it, where several write into one log. */
  readonly logBase?: Readonly<Record<string, number>> | undefined;
  /** Whether routes ask for `request.query`. Most read the address themselves: what came twice, and how it was written. */
  readonly parsesQueries?: boolean;
  /** Answers in a surface's own words where no route was found because the address can't be read; else undefined. */
  readonly answerUnreadable?: (
    error: Error,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => FastifyReply | undefined;
}

/** Without hosts it is asked by address: no host name is looked up. */
export type AppServices = Pick<Services, 'secure' | 'isStopping'> & {
  readonly essentials: Pick<Services['essentials'], 'random'>;
  readonly hosts: Services['hosts'] | undefined;
};

const HEALTH_PREFIX = '/health/';
const DEFAULT_BODY_LIMIT = 16 * 1024;
const REQUEST_ID_DIGITS = 16;
const REQUESTS_AT_ONCE = 64;
const NO_QUERY = Object.freeze({});
/** pino's number for it. */
const LEVEL_INFO = 30;

/** Fastify loads compilers of its own, 230 files, unless it has others. Who has schemas brings one (`compileOnDemand`). */
function needsCompiler(): never {
  throw new Error('Who has schemas must say how they become code.');
}

/** The bare application: limits, log, host look-up and the headers that every answer has. Surfaces are plugged in. */
export function buildApp(services: AppServices, options: AppOptions): FastifyInstance {
  const app = Fastify({
    logger: {
      level: options.logLevel,
      stream: { write: (line: string) => void options.logStream.write(line) },
      base: options.logBase ?? null,
      serializers: { req: whatWasAsked },
    },
    // One line a request, when it is answered.
    logController: new LogController({ disableRequestLogging: true }),
    // Never taken from the client: a log entry must not be forged by a header.
    genReqId: requestIds(services.essentials.random),
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    bodyLimit: DEFAULT_BODY_LIMIT,
    schemaController: { compilersFactory: { buildValidator: needsCompiler, buildSerializer: needsCompiler } },
    ...(options.parsesQueries === true ? {} : { routerOptions: { querystringParser: () => NO_QUERY } }),
    // Slow clients are cut off (408) before they hold a socket for long.
    requestTimeout: 15_000,
    // Nothing came or went for so long; longer than load balancers keep a connection, so that it is they who close it.
    connectionTimeout: 75_000,
    // Node looks for slow clients only as often as this; its own half minute would give them four times as long.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    // Stopping answers what has come; nobody is cut off with a 503.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: true,
    // A path that can't be decoded reaches no hook: here it gets the same headers as every answer.
    frameworkErrors: (error, request, reply) => {
      request.observed = observe(request);
      setHeaders(request, reply, services);
      if (options.answerUnreadable?.(error, request, reply) === undefined)
        sendLastResort(error, request, reply);
    },
  });
  // What is said above ends idle connections too. A time between two requests would be two timers made anew for each answer.
  app.server.keepAliveTimeout = 0;
  app.setErrorHandler(sendLastResort);
  app.decorateRequest('site', undefined);
  app.decorateRequest('observed');
  const { hosts } = services;
  const together = answersTogether(app);
  // One hook for all, and not async: a hook costs as much as what it does here.
  app.addHook('onRequest', (request, reply, done) => {
    // The request's first thing is where its notes go.
    request.observed = observe(request);
    together.came(request);
    const found = hosts === undefined || findSite(request, hosts);
    if (found === true) done();
    else if (found === false) refuseHost(request, reply);
    else found.then((mayBeAsked) => (mayBeAsked ? done() : refuseHost(request, reply)), done);
  });
  app.addHook('onSend', (request, reply, ...[, send]) => {
    setHeaders(request, reply, services);
    together.hold(request, send);
  });
  const logAnswer = answerLog(options);
  app.addHook('onResponse', (request, reply, done) => {
    if (request.observed.handedOn !== true) logAnswer(request, reply);
    done();
  });
  return app;
}

/** Cut from a text that is made for many requests at once: to make each for itself costs as much as to check a session. */
function requestIds(random: AppServices['essentials']['random']): () => string {
  let text = '';
  return () => {
    if (text === '')
      text = Buffer.from(random.bytes(REQUESTS_AT_ONCE * (REQUEST_ID_DIGITS / 2))).toString('hex');
    const id = text.slice(0, REQUEST_ID_DIGITS);
    text = text.slice(REQUEST_ID_DIGITS);
    return id;
  };
}

/** Where no surface answers, or its own error handler fails: nothing of the fault is shown. */
function sendLastResort(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code } = lastResort(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  if (error instanceof UnavailableError) reply.header('retry-after', error.retryAfterSeconds);
  void reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ error: code, request_id: request.id });
}

function lastResort(error: unknown): { readonly status: number; readonly code: string } {
  if (error instanceof UnavailableError) return { status: 503, code: 'temporarily_unavailable' };
  if (isClientFault(error)) return { status: error.statusCode, code: 'invalid_request' };
  return { status: 500, code: 'server_error' };
}

/**
 * Whether the host may be asked for this, and what it means. Nothing is waited for where it was asked before and no change
 * was heard of since.
 */
function findSite(request: FastifyRequest, hosts: Services['hosts']): boolean | Promise<boolean> {
  // RFC 9112 §3.2.2: an absolute-form target would name its own host, beside the one that was checked.
  const url = request.raw.url ?? '';
  if (!url.startsWith('/')) return false;
  request.site = hosts.recall(request.host);
  if (request.site !== undefined || url.startsWith(HEALTH_PREFIX)) return true;
  return hosts.resolve(request.host).then((site) => {
    request.site = site;
    return site !== undefined;
  });
}

/** An unknown host gets nobody's page. */
function refuseHost(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .type('text/plain; charset=utf-8')
    .send(`There is nothing at this address. Check its spelling.\nRequest ${request.id}\n`);
}

function setHeaders(request: FastifyRequest, reply: FastifyReply, services: AppServices): void {
  reply.header('x-request-id', request.id);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('referrer-policy', 'no-referrer');
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  // A connection kept open after its last answer would hold up the end until its client tires of it.
  if (services.isStopping()) reply.header('connection', 'close');
  if (services.secure) reply.header('strict-transport-security', 'max-age=31536000');
}

/** Writes one line for each answer, as the log's others are, but written out: it is to cost little. */
function answerLog({
  logBase,
  logStream,
}: AppOptions): (request: FastifyRequest, reply: FastifyReply) => void {
  const begin = JSON.stringify({ level: LEVEL_INFO, ...logBase }).slice(0, -1);
  return (request, reply) => {
    if (request.log.level === 'silent') return;
    const { method, path, host } = whatWasAsked(request);
    const req = `{"method":"${method}","path":${quote(path)},"host":${quote(host)}}`;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    const said = `"reqId":"${request.id}","req":${req},"status":${reply.statusCode},"ms":${ms},"msg":"answered"`;
    logStream.write(`${begin},"time":${Date.now()},${said}}\n`);
  };
}

/** A query may carry a code, a state or a session: only the path is written. */
function whatWasAsked({ method, url, host }: FastifyRequest) {
  const query = url.indexOf('?');
  return { method, path: query < 0 ? url : url.slice(0, query), host };
}

/** Whatever a client sends, a fault in it is the client's; only the rest is ours. */
export function isClientFault(error: unknown): error is Error & { readonly statusCode: number } {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}

export type Log = FastifyBaseLogger;
