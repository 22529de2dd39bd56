import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { isAllowed, mayBeAsked, type ProviderNetwork } from './provider-address.js';

type Callback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

/** Asks the name server for all addresses of a name. */
export type Resolve = (host: string, options: LookupOptions & { all: true }, callback: Callback) => void;

export interface SafeFetchSettings {
  /** Networks that are not public, and where a provider may be nevertheless; http is spoken only there. */
  readonly allowed: readonly ProviderNetwork[];
  readonly resolve?: Resolve;
  /** Certificates to trust instead of Node's own. */
  readonly ca?: string;
  readonly limits?: Partial<SafeFetchLimits>;
}

export interface SafeFetchLimits {
  readonly bodyBytes: number;
  /** From the call to the last byte, name server and TLS included. */
  readonly overallMs: number;
}

export type SafeFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

type Check =
  'url' | 'scheme' | 'credentials' | 'address' | 'redirect' | 'encoding' | 'size' | 'time' | 'network';

/** Why a provider's server was not asked, or why its answer was not taken. Never names more of a URL than its host. */
export class ProviderUnreachable extends Error {
  readonly check: Check;
  readonly expected: string;
  readonly received: string;

  constructor(check: Check, evidence: { readonly expected: string; readonly received: string }) {
    super(`${check}: expected ${evidence.expected}, received ${evidence.received}`);
    this.name = 'ProviderUnreachable';
    this.check = check;
    this.expected = evidence.expected;
    this.received = evidence.received;
  }
}

const LIMITS: SafeFetchLimits = { bodyBytes: 1024 * 1024, overallMs: 5_000 };
/** Statuses whose answer has no body (Fetch, "null body status"). */
const WITHOUT_BODY = new Set([204, 205]);

/**
 * A fetch for addresses that an administrator wrote down: metadata, discovery, token endpoints. The server must not
 * become a way into the network that it stands in, so the address is judged where the connection is made (a name
 * server can't answer differently a second time), no redirect is followed, no proxy asked, and size and time end.
 * The whole answer is read before it is handed over. @throws ProviderUnreachable
 */
export function createSafeFetch(settings: SafeFetchSettings): SafeFetch {
  const limits = { ...LIMITS, ...settings.limits };
  const agents = { 'https:': agentFor('https:', settings), 'http:': agentFor('http:', settings) };
  return async (input, init) => {
    const url = readUrl(input);
    const scheme = url.protocol === 'http:' ? 'http:' : 'https:';
    refuseAddress(url, judgeOf(scheme, settings));
    const timeout = AbortSignal.timeout(limits.overallMs);
    try {
      const asked = new Request(url, init);
      const signal = AbortSignal.any([timeout, asked.signal]);
      const answered = send(asked, { dispatcher: agents[scheme], signal }).then((answer) => {
        refuseAnswer(answer);
        return readAnswer(answer, limits.bodyBytes);
      });
      return await Promise.race([answered, endOf(timeout)]);
    } catch (error) {
      const refused = refusalIn(error);
      if (refused !== undefined) throw refused;
      if (!timeout.aborted) throw new ProviderUnreachable('network', networkEvidence(url, error));
      throw new ProviderUnreachable('time', {
        expected: `the whole answer within ${limits.overallMs} ms`,
        received: 'less',
      });
    }
  };
}

/** A signal ends a request that was sent, but not one that still waits for a name server. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function readUrl(input: string | URL): URL {
  if (!URL.canParse(input.toString())) {
    throw new ProviderUnreachable('url', { expected: 'an https URL', received: 'no URL' });
  }
  const url = new URL(input);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ProviderUnreachable('scheme', { expected: 'https:', received: url.protocol });
  }
  if (url.username !== '' || url.password !== '') {
    throw new ProviderUnreachable('credentials', { expected: 'a URL without', received: 'a URL with' });
  }
  return url;
}

type Judge = (address: string) => boolean;

/** Without TLS anybody on the way could answer; on a network of the operator's own that is his to decide. */
function judgeOf(scheme: 'https:' | 'http:', { allowed }: SafeFetchSettings): Judge {
  return (address) => (scheme === 'http:' ? isAllowed(address, allowed) : mayBeAsked(address, allowed));
}

/** A literal address is connected to without asking a name server, so it is judged here. */
function refuseAddress(url: URL, judge: Judge): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !judge(host)) throw forbidden(host);
}

function forbidden(address: string): ProviderUnreachable {
  const expected = 'https and a public address, or one of FLUXO_PROVIDER_NETWORKS';
  return new ProviderUnreachable('address', { expected, received: address });
}

function agentFor(scheme: 'https:' | 'http:', settings: SafeFetchSettings): Agent {
  const { resolve = lookUp, ca } = settings;
  const timeout = settings.limits?.overallMs ?? LIMITS.overallMs;
  const lookup = guardedLookup(resolve, judgeOf(scheme, settings));
  return new Agent({ connect: { lookup, timeout, ...(ca === undefined ? {} : { ca }) } });
}

/** What it answers is what the socket connects to. One forbidden address among several spoils them all. */
function guardedLookup(resolve: Resolve, judge: Judge): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const refused = addresses.find(({ address }) => !judge(address));
      const [first] = addresses;
      if (error !== null) callback(error, []);
      else if (refused !== undefined) callback(forbidden(refused.address), []);
      else if (options.all === true || first === undefined) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function send(
  asked: Request,
  { dispatcher, signal }: { readonly dispatcher: Agent; readonly signal: AbortSignal },
): Promise<Dispatcher.ResponseData> {
  const body = asked.body === null ? null : new Uint8Array(await asked.arrayBuffer());
  const headers: Record<string, string> = {};
  asked.headers.forEach((value, name) => (headers[name] = value));
  headers['accept-encoding'] = 'identity';
  // Each request connects anew, so that each address is judged.
  const options = { method: asked.method, headers, body, reset: true };
  return request(asked.url, { ...options, dispatcher, signal });
}

function refuseAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): void {
  const encoding = String(headers['content-encoding'] ?? 'identity');
  const refused =
    statusCode >= 300 && statusCode < 400
      ? new ProviderUnreachable('redirect', { expected: 'the answer itself', received: `${statusCode}` })
      : encoding.toLowerCase() !== 'identity'
        ? new ProviderUnreachable('encoding', { expected: 'identity, as asked for', received: encoding })
        : undefined;
  if (refused === undefined) return;
  // Its "error" is that we left.
  body.on('error', () => undefined).destroy();
  throw refused;
}

async function readAnswer(answer: Dispatcher.ResponseData, maxBytes: number): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop destroys the body, and the connection with it.
    if (bytes > maxBytes) {
      throw new ProviderUnreachable('size', { expected: `at most ${maxBytes} bytes`, received: 'more' });
    }
    chunks.push(chunk);
  }
  const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const body = WITHOUT_BODY.has(answer.statusCode) ? null : Buffer.concat(chunks);
  return new Response(body, { status: answer.statusCode, headers });
}

/** The refusal of a look-up comes back as the cause of what the connection failed with. */
function refusalIn(error: unknown): ProviderUnreachable | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof ProviderUnreachable) return at;
  }
  return undefined;
}

function networkEvidence(url: URL, error: unknown): { expected: string; received: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const received = code ?? (error instanceof Error ? error.name : 'an unknown failure');
  return { expected: `an answer of ${url.hostname}`, received };
}
