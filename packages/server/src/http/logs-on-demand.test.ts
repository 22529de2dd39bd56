import Fastify, { LogController, type FastifyRequest } from 'fastify';
import { beforeEach, expect, it, vi } from 'vitest';
import { makeChildrenOnDemand } from './logs-on-demand.js';

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
});

/** What one request's handler does with its logger. */
async function request(work: (log: FastifyRequest['log']) => void, logLevel?: 'silent' | 'debug') {
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const app = Fastify({
    logger: { level: 'info', stream, base: null },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => 'a-request',
  });
  const made = vi.spyOn(app.log, 'child');
  makeChildrenOnDemand(app.log);
  app.get('/', logLevel === undefined ? {} : { logLevel }, (asked) => {
    work(asked.log);
    return {};
  });
  await app.inject('/');
  await app.close();
  return made.mock.calls.length;
}

it('a request that says nothing has none, and is asked for its level all the same', async () => {
  const levels: string[] = [];
  expect(await request((log) => levels.push(log.level))).toBe(0);
  expect(await request((log) => levels.push(log.level), 'silent')).toBe(0);
  expect([levels, lines]).toEqual([['info', 'silent'], []]);
});

it('one that says several things has one, and each line tells whose it is', async () => {
  const said = (log: FastifyRequest['log']): void => {
    log.info({ refused: 'invalid_grant' }, 'refused');
    log.warn('postponed');
    log.error({ err: new Error('away') }, 'request failed');
    log.debug('too much');
  };
  expect(await request(said)).toBe(1);
  expect(lines).toMatchObject([
    { level: 30, reqId: 'a-request', refused: 'invalid_grant', msg: 'refused' },
    { level: 40, reqId: 'a-request', msg: 'postponed' },
    { level: 50, reqId: 'a-request', err: { message: 'away' }, msg: 'request failed' },
  ]);
});

it('a level of its own is the route’s, or the one that is set', async () => {
  await request((log) => log.debug('said'), 'debug');
  await request((log) => {
    log.level = 'silent';
    log.fatal('not said');
  });
  expect(lines.map(({ msg }) => msg)).toEqual(['said']);
});

it('a logger made from it has what both know', async () => {
  await request((log) => log.child({ part: 'mail' }).info('sent'));
  expect(lines).toMatchObject([{ reqId: 'a-request', part: 'mail', msg: 'sent' }]);
});
