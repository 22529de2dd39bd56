import { request as send, type IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ThirdPartyAppOptions } from '@fluxo/example-third-party-app';

type Fetch = NonNullable<ThirdPartyAppOptions['fetch']>;

/** As Node calls it when it would try several addresses. */
const lookup: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

/**
 * Every name below `localhost` is this machine (RFC 6761 §6.3). Browsers know that; the resolver that Node asks often
 * knows `localhost` alone, and the platform's fetch takes no other. For the demo, where http is all there is.
 */
export const loopbackFetch: Fetch = async (input, init) => {
  const asked = new Request(input, init);
  const body = Buffer.from(await asked.arrayBuffer());
  const headers: Record<string, string> = {};
  asked.headers.forEach((value, name) => (headers[name] = value));
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method: asked.method, headers, signal: asked.signal, lookup };
    send(asked.url, options, resolve).once('error', reject).end(body);
  });
  const { statusCode = 500 } = incoming;
  const answered = await buffer(incoming);
  const fields = Object.entries(incoming.headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((text): [string, string] => [name, text]),
  );
  return new Response(answered.byteLength === 0 ? null : new Uint8Array(answered), {
    status: statusCode,
    headers: fields,
  });
};
