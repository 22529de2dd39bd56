import { describe, expect, it } from 'vitest';
import { MailQueue } from './mail-queue.js';
import type { DeliverMail, Mail } from './mail-transport.js';

const MAIL: Mail = {
  to: 'ana@acme.example',
  subject: 'Hello',
  text: 'secret link',
  html: '<p>secret link</p>',
};
const SOON = [0, 0, 0];

function queueOn(deliver: DeliverMail, retryAfterMs: readonly number[] = SOON) {
  const lines: string[] = [];
  const note = (details: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(details)}`);
  };
  const queue = new MailQueue(deliver, retryAfterMs);
  queue.start({ warn: note, error: note });
  return { queue, lines };
}

describe('the mail queue', () => {
  it('answers at once, and does the work behind', async () => {
    const done: string[] = [];
    const { queue } = queueOn(() => {
      done.push('delivered');
      return Promise.resolve();
    });
    queue.send(() => {
      done.push('looked up');
      return Promise.resolve(MAIL);
    });
    expect(done).toEqual([]);
    await queue.idle();
    expect(done).toEqual(['looked up', 'delivered']);
  });

  it('tries again what was refused, and says so without address and text', async () => {
    let tries = 0;
    const { queue, lines } = queueOn(() => {
      tries += 1;
      return tries < 3
        ? Promise.reject(Object.assign(new Error(`no such box ${MAIL.to}`), { responseCode: 451 }))
        : Promise.resolve();
    });
    queue.send(() => Promise.resolve(MAIL));
    await queue.idle();
    expect(tries).toBe(3);
    expect(lines).toHaveLength(2);
    expect(lines.join()).toContain('451');
    expect(lines.join()).not.toMatch(/ana@|secret/);
  });

  it('gives up in the end, with an error, and goes on with the next', async () => {
    let tries = 0;
    const { queue, lines } = queueOn(() => {
      tries += 1;
      return Promise.reject(new Error('away'));
    });
    queue.send(() => Promise.resolve(MAIL));
    queue.send(() => Promise.reject(new Error('database away')));
    queue.send(() => Promise.resolve(undefined));
    await queue.idle();
    expect(tries).toBe(SOON.length + 1);
    expect(lines.filter((line) => line.startsWith('mail given up'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('mail could not be made'))).toHaveLength(1);
  });

  it('a stop doesn’t wait for the next try', async () => {
    const { queue, lines } = queueOn(() => Promise.reject(new Error('away')), [3_600_000]);
    const failed = new Promise<void>((resolve) => {
      queue.send(() => {
        setImmediate(resolve);
        return Promise.resolve(MAIL);
      });
    });
    await failed;
    await queue.close();
    expect(lines.at(-1)).toContain('mail given up');
  });
});
