import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import {
  createSafeFetch,
  makeSigningKey,
  parseProviderNetworks,
  ProviderUnreachable,
  type Resolve,
  type SafeFetchLimits,
} from '@fluxo/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const KIB = 1024;
const LIMITS: SafeFetchLimits = { bodyBytes: 64 * KIB, overallMs: 400 };

let server: Server;
let port: number;
let asked: string[] = [];
let answer: RequestListener;

const hello: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
  response.end('{"issuer":"here"}');
};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  port = await listen(server, '127.0.0.1');
});
beforeEach(() => {
  asked = [];
  answer = hello;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function listen(on: Server, host: string, at = 0): Promise<number> {
  await new Promise<void>((resolve) => on.listen(at, host, resolve));
  return (on.address() as AddressInfo).port;
}

/** A name server that answers with these addresses in turn; the last one stays. */
function answers(...turns: readonly (readonly string[])[]): Resolve & { asked: () => number } {
  let count = 0;
  const resolve: Resolve = (_host, _options, callback) => {
    const addresses = turns[Math.min(count, turns.length - 1)]!;
    count += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return Object.assign(resolve, { asked: () => count });
}

function fetchWith(allowed: readonly string[], resolve?: Resolve): ReturnType<typeof createSafeFetch> {
  return createSafeFetch({
    allowed: parseProviderNetworks(allowed),
    limits: LIMITS,
    ...(resolve === undefined ? {} : { resolve }),
  });
}

async function refusal(answered: Promise<Response>): Promise<string> {
  const outcome = await answered.then(
    (response) => `answered ${response.status}`,
    (error: unknown) => (error instanceof ProviderUnreachable ? error.check : `threw ${String(error)}`),
  );
  return outcome;
}

describe('82 · a provider’s address leads into our own network', () => {
  test('the twin: where the operator allows it, the answer comes, with headers and body', async () => {
    const response = await fetchWith(['127.0.0.1'])(`http://127.0.0.1:${port}/metadata`);
    expect([response.status, await response.json()]).toEqual([200, { issuer: 'here' }]);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const form = { method: 'POST', body: new URLSearchParams({ code: 'x' }), headers: { 'x-a': 'b' } };
    let sent = '';
    answer = (request, reply) => {
      request.setEncoding('utf8').on('data', (part: string) => (sent += part));
      request.on('end', () => reply.end(String(request.headers['content-type'])));
    };
    const posted = await fetchWith(['127.0.0.1'])(`http://127.0.0.1:${port}/token`, form);
    expect(await posted.text()).toMatch(/^application\/x-www-form-urlencoded/);
    expect(sent).toBe('code=x');
  });

  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '0177.0.0.1',
    '0x7f.1',
    '0',
    '127.0.0.1.',
    '１２７.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    'localhost',
    '10.0.0.1',
    '169.254.169.254',
    '[fd00:ec2::254]',
  ])('%s is not reached, by http or https, and no byte arrives', async (host) => {
    const ask = fetchWith([]);
    expect(await refusal(ask(`http://${host}:${port}/`))).toBe('address');
    expect(await refusal(ask(`https://${host}:${port}/`))).toBe('address');
    expect(asked).toEqual([]);
  });

  test('another allowed network opens nothing but itself', async () => {
    expect(await refusal(fetchWith(['127.0.0.2', '10.0.0.0/8'])(`http://127.0.0.1:${port}/`))).toBe(
      'address',
    );
    expect(asked).toEqual([]);
  });

  test('a name whose address is private, or one of several, is not reached', async () => {
    const url = `http://idp.example:${port}/`;
    expect(await refusal(fetchWith(['127.0.0.1'], answers(['127.0.0.1']))(url))).toBe('answered 200');
    expect(await refusal(fetchWith([], answers(['127.0.0.1']))(url))).toBe('address');
    expect(
      await refusal(fetchWith([], answers(['8.8.8.8', '127.0.0.1']))(`https://idp.example:${port}/`)),
    ).toBe('address');
    expect(await refusal(fetchWith(['127.0.0.1'], answers(['127.0.0.1', '127.0.0.3']))(url))).toBe('address');
    expect(asked).toHaveLength(1);
  });

  test('a name that changes its address after the look: the one that was judged is the one that is asked', async () => {
    const inner = createServer((request) => void asked.push(`inner ${request.url ?? ''}`));
    await listen(inner, '127.0.0.2', port);
    try {
      const rebinding = answers(['127.0.0.1'], ['127.0.0.2']);
      const ask = fetchWith(['127.0.0.1'], rebinding);
      expect(await refusal(ask(`http://idp.example:${port}/first`))).toBe('answered 200');
      expect(rebinding.asked()).toBe(1);
      for (let times = 0; times < 5; times += 1) {
        // A turn, in which a connection that was kept would become free.
        await nextTurn();
        expect(await refusal(ask(`http://idp.example:${port}/second`))).toBe('address');
      }
      expect(asked).toEqual(['GET /first']);
    } finally {
      inner.close();
    }
  });

  test('http is not spoken with a public address', async () => {
    expect(await refusal(fetchWith([], answers(['8.8.8.8']))('http://idp.example/'))).toBe('address');
    expect(await refusal(fetchWith([])('http://8.8.8.8/'))).toBe('address');
  });

  test.each([
    ['file:///etc/passwd', 'scheme'],
    ['gopher://127.0.0.1/', 'scheme'],
    ['data:text/plain,x', 'scheme'],
    ['//127.0.0.1/', 'url'],
    ['not a url', 'url'],
  ])('%s is refused for its %s', async (url, check) => {
    expect(await refusal(fetchWith(['127.0.0.1'])(url))).toBe(check);
  });

  test('a name or a password in the URL is refused, and not repeated', async () => {
    for (const who of ['admin:hunter2@', 'admin@', ':hunter2@']) {
      const asking = fetchWith(['127.0.0.1'])(`http://${who}127.0.0.1:${port}/`);
      expect(await refusal(asking)).toBe('credentials');
      await expect(asking).rejects.not.toThrow(/hunter2|admin/);
    }
    expect(asked).toEqual([]);
  });

  test('a redirect is not followed, wherever it leads', async () => {
    for (const [status, location] of [
      [301, '/inside'],
      [302, 'http://127.0.0.1:1/'],
      [307, `http://127.0.0.1:${port}/inside`],
      [308, 'file:///etc/passwd'],
    ] as const) {
      answer = (_request, response) => response.writeHead(status, { location }).end();
      expect(await refusal(fetchWith(['127.0.0.1'])(`http://127.0.0.1:${port}/`))).toBe('redirect');
    }
    expect(asked).toEqual(['GET /', 'GET /', 'GET /', 'GET /']);
  });
});

describe('82 · a provider’s answer has no end', () => {
  const ask = (): Promise<Response> => fetchWith(['127.0.0.1'])(`http://127.0.0.1:${port}/`);

  test('the twin: as much as is allowed is taken', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(LIMITS.bodyBytes, 'x'));
    expect(await (await ask()).text()).toHaveLength(LIMITS.bodyBytes);
  });

  test('a byte more is refused, said in advance or not', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(LIMITS.bodyBytes + 1, 'x'));
    expect(await refusal(ask())).toBe('size');
    let written = 0;
    const ended = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(KIB, 'x'))) written += KIB;
        };
        response.on('drain', more).on('close', () => resolve());
        more();
      };
    });
    expect(await refusal(ask())).toBe('size');
    await ended;
    expect(written).toBeLessThan(100 * LIMITS.bodyBytes);
  });

  test('a packed answer is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(32 * KIB * KIB));
    answer = (request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    };
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(ask())).toBe('encoding');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * KIB * KIB);
  });

  test.each<[string, RequestListener]>([
    ['no answer', () => undefined],
    [
      'headers and no body',
      (_request, response) => {
        response.writeHead(200).flushHeaders();
      },
    ],
    [
      'a byte now and then',
      (_request, response) => {
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('%s: ends in time', async (_name, slow) => {
    answer = slow;
    const started = performance.now();
    expect(await refusal(ask())).toBe('time');
    expect(performance.now() - started).toBeLessThan(LIMITS.overallMs * 5);
  });

  test('a name server that never answers: ends in time', async () => {
    const silent: Resolve = () => undefined;
    const started = performance.now();
    expect(await refusal(fetchWith(['127.0.0.1'], silent)(`http://idp.example:${port}/`))).toBe('time');
    expect(performance.now() - started).toBeLessThan(LIMITS.overallMs * 5);
  });

  test('nobody listens, or the caller gives up: said as such', async () => {
    const closed = createServer();
    const free = await listen(closed, '127.0.0.1');
    await new Promise((resolve) => closed.close(resolve));
    expect(await refusal(fetchWith(['127.0.0.1'])(`http://127.0.0.1:${free}/`))).toBe('network');
    const signal = AbortSignal.abort();
    expect(await refusal(fetchWith(['127.0.0.1'])(`http://127.0.0.1:${port}/`, { signal }))).toBe('network');
    expect(asked).toEqual([]);
  });
});

describe('82 · somebody else answers in a provider’s name', () => {
  test('over https, only a certificate for that name, of an authority that is trusted', async () => {
    const key = await makeSigningKey({ commonName: 'idp.example', now: Date.now() });
    const tls = createTlsServer({ key: key.privateKeyPem, cert: key.certificatePem }, hello);
    const tlsPort = await listen(tls, '127.0.0.1');
    const settings = { allowed: parseProviderNetworks(['127.0.0.1']), resolve: answers(['127.0.0.1']) };
    try {
      const trusting = createSafeFetch({ ...settings, ca: key.certificatePem });
      expect(await refusal(trusting(`https://idp.example:${tlsPort}/`))).toBe('answered 200');
      expect(await refusal(trusting(`https://other.example:${tlsPort}/`))).toBe('network');
      expect(await refusal(createSafeFetch(settings)(`https://idp.example:${tlsPort}/`))).toBe('network');
    } finally {
      tls.close();
    }
  });
});
