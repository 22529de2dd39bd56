import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { answersTogether } from './answers-together.js';

let app: FastifyInstance;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

test('answers of one turn are written when its last request has been answered', async () => {
  const seen: string[] = [];
  app = noting(seen);
  const [first, second] = await connectTwice();
  const answers = [statusOf(first), statusOf(second)];
  ask(first, '/at-once');
  ask(second, '/at-once');
  expect(await Promise.all(answers)).toEqual([200, 200]);
  expect(seen).toEqual(['asked', 'asked', 'written', 'written']);
});

test('answers that waited for the same thing are written when all of them are there', async () => {
  const seen: string[] = [];
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  app = noting(seen, async () => {
    if (seen.push('waiting') === 4) setImmediate(settle);
    await settled;
    // As what leads to an answer takes longer for one than for the other.
    if (seen.includes('settled')) for (let step = 0; step < 20; step += 1) await Promise.resolve();
    seen.push('settled');
  });
  const [first, second] = await connectTwice();
  const answers = [statusOf(first), statusOf(second)];
  ask(first, '/later');
  ask(second, '/later');
  expect(await Promise.all(answers)).toEqual([200, 200]);
  expect(seen.slice(-4)).toEqual(['settled', 'settled', 'written', 'written']);
});

test('an answer that cannot be sent becomes an error answer, and takes no other along', async () => {
  app = noting([]);
  const [first, second] = await connectTwice();
  const answers = [statusOf(first), statusOf(second)];
  ask(first, '/unsendable');
  ask(second, '/at-once');
  expect(await Promise.all(answers)).toEqual([500, 200]);
});

function noting(seen: string[], wait?: () => Promise<void>): FastifyInstance {
  const made = Fastify();
  const together = answersTogether(made);
  made.addHook('onRequest', (request, _reply, done) => {
    seen.push('asked');
    together.came(request);
    done();
  });
  made.addHook('onSend', (request, _reply, ...[, send]) => together.hold(request, send));
  made.addHook('onSend', (_request, _reply, ...[, done]) => {
    seen.push('written');
    done();
  });
  made.get('/at-once', () => ({ answered: true }));
  made.get('/later', async () => {
    await wait?.();
    return { answered: true };
  });
  made.get('/unsendable', (_request, reply) => reply.header('x-fault', 'a\u0001b').send('text'));
  return made;
}

async function connectTwice(): Promise<readonly [Socket, Socket]> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return [await connectOnce(port), await connectOnce(port)];
}

/** Resolves when the server has taken it in. */
async function connectOnce(port: number): Promise<Socket> {
  const accepted = once(app.server, 'connection');
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await accepted;
  return socket;
}

/** Goes to the kernel at once: what is asked in one turn arrives in one turn. */
function ask(socket: Socket, path: string): void {
  socket.write(`GET ${path} HTTP/1.1\r\nhost: here\r\n\r\n`);
}

async function statusOf(socket: Socket): Promise<number> {
  const [text] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
  return Number(text.split(' ', 2)[1]);
}
