import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import { codeForm, postJson, verdictOf } from '../support/oauth.js';
import { sendRaw } from '../support/raw-http.js';
import { credentials, type HttpAnswer, type TestApplication, type TestTenant } from '../support/tenant.js';

let fluxo: TestFluxo;
let acme: TestTenant;
let app: TestApplication;
let port: number;
/** What the server was made with; the tests make it less patient. */
let limits: { readonly headersMs: number; readonly requestMs: number };
const sockets: Socket[] = [];

/** What Node's server has, and its types don't tell: how often it looks for slow clients. */
type Impatient = { connectionsCheckingInterval: number };

beforeAll(async () => {
  fluxo = await startFluxo({ settings: { PORT: '0' } });
  const { server } = fluxo.server.app;
  limits = { headersMs: server.headersTimeout, requestMs: server.requestTimeout };
  // The same limits, sooner: nobody waits ten seconds here.
  server.headersTimeout = 400;
  server.requestTimeout = 600;
  (server as unknown as Impatient).connectionsCheckingInterval = 50;
  port = await fluxo.server.listen();
  acme = await fluxo.environment('acme');
  app = await acme.application();
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await fluxo.close();
});

const HOST = (): string => new URL(acme.origin).host;
const form = (): string => new URLSearchParams({ ...codeForm('x'), ...credentials(app) }).toString();

function postRaw(body: string, contentType = 'application/x-www-form-urlencoded'): Promise<HttpAnswer> {
  const head = [
    'POST /oauth2/token HTTP/1.1',
    `Host: ${HOST()}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return sendRaw(port, `${head.join('\r\n')}\r\n\r\n${body}`);
}

const manyParameters = (count: number): string => Array.from({ length: count }, (_, n) => `p${n}=`).join('&');
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('84 · oversized and intricate requests', () => {
  const attacks: readonly [string, () => Promise<HttpAnswer>, string][] = [
    ['a body over 16 KiB', () => postRaw(`${form()}&x=${'x'.repeat(16_384)}`), '400 invalid_request'],
    ['100,000 parameters', () => postRaw(`${form()}&${manyParameters(100_000)}`), '400 invalid_request'],
    ['1,000 deep JSON', () => postRaw(nested(1_000), 'application/json'), '400 invalid_request'],
    ['7,000 brackets', () => postRaw('['.repeat(7_000), 'application/json'), '400 invalid_request'],
  ];
  test.each(attacks)('%s: refused at once', async (_name, attack, verdict) => {
    expect(verdictOf(await postRaw(form()))).toBe('400 invalid_grant');
    expect(verdictOf(await attack())).toBe(verdict);
  });

  test('a request line of 100 KB: refused long before its end', async () => {
    const line = (query: string) =>
      `GET /oauth2/authorize?${query} HTTP/1.1\r\nHost: ${HOST()}\r\nConnection: close\r\n\r\n`;
    expect((await sendRaw(port, line('client_id=x'))).status).toBe(400);
    // What is sent after the refusal could reset the connection, and the answer would be lost.
    const beginning = line(manyParameters(14_000)).slice(0, 20_000);
    expect((await sendRaw(port, beginning)).status).toBeOneOf([414, 431]);
  });

  const intricate: readonly [string, string, string][] = [
    ['parameters', 'application/x-www-form-urlencoded', manyParameters(2_700)],
    ['one name again and again', 'application/x-www-form-urlencoded', 'a=&'.repeat(5_400)],
    ['percent-encoding', 'application/x-www-form-urlencoded', `a=${'%41'.repeat(5_400)}`],
    ['broken percent-encoding', 'application/x-www-form-urlencoded', '%&'.repeat(8_000)],
    ['ampersands', 'application/x-www-form-urlencoded', '&'.repeat(16_000)],
    ['JSON members', 'application/json', `{${Array.from({ length: 1_300 }, (_, n) => `"p${n}":""`).join()}}`],
    ['JSON escapes', 'application/json', `{"a":"${'\\"'.repeat(7_900)}"}`],
    ['quotes', 'application/json', '"'.repeat(16_000)],
    ['blanks in JSON', 'application/json', `{"a"${' '.repeat(16_000)}:""}`],
    ['depth', 'application/json', nested(2_600)],
    ['100 KB', 'application/json', `{"a":"${'x'.repeat(99_000)}"}`],
  ];
  test.each(intricate)(
    'as much of it as fits (%s) takes less than 50 ms of CPU',
    async (_name, type, body) => {
      let least = Infinity;
      // The least of several: what else the machine does is no part of the request.
      for (let run = 0; run < 5; run += 1) {
        const before = process.cpuUsage();
        const answer = await postJson(acme, body, {
          path: '/oauth2/token',
          headers: { 'content-type': type },
        });
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, (user + system) / 1000);
        expect(answer.status).toBeOneOf([400, 401]);
      }
      expect(least).toBeLessThan(50);
    },
  );
});

/** An open connection that has said this much and no more. */
async function linger(text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  // Being cut off is what is expected.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (text !== '') socket.write(text);
  return socket;
}

async function heardBy(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (text += chunk));
  await once(socket, 'close');
  return text;
}

describe('85 · slow clients and idle sockets', () => {
  test('headers have 10 seconds, a whole request has 15', () => {
    expect(limits).toEqual({ headersMs: 10_000, requestMs: 15_000 });
  });

  test.each([
    ['headers', () => `POST /oauth2/token HTTP/1.1\r\nHost: ${HOST()}\r\nX-Slow: `],
    [
      'body',
      () =>
        `POST /oauth2/token HTTP/1.1\r\nHost: ${HOST()}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    ],
  ])('whoever never ends their %s hears 408 and is cut off', async (_name, text) => {
    expect(verdictOf(await postRaw(form()))).toBe('400 invalid_grant');
    expect(await heardBy(await linger(text()))).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('with 5,000 sockets that say nothing or half a request, others are answered', async () => {
    const half = `POST /oauth2/token HTTP/1.1\r\nHost: ${HOST()}\r\n`;
    await Promise.all(Array.from({ length: 5_000 }, (_, n) => linger(n % 2 === 0 ? '' : half)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => postRaw(form())));
    expect(answers.map(verdictOf)).toEqual(Array.from({ length: 20 }, () => '400 invalid_grant'));
  });
});
