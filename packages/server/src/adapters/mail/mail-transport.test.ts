import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailboxOf, openMailTransport } from './mail-transport.js';

const MAIL = {
  to: 'ana@acme.example',
  subject: 'Olá',
  text: 'https://acme.example/new-password?link=fxpSECRET',
  html: '<p>Olá</p>',
};
const FROM = 'Acme <no-reply@acme.example>';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'fluxo-mail-'));
});
afterEach(() => rmSync(data, { recursive: true }));

describe('messages without a mail server', () => {
  it('become files that only the server’s user reads, whole and one each', async () => {
    const deliver = openMailTransport({ smtpUrl: undefined, mailFrom: FROM, data });
    await deliver(MAIL);
    await deliver(MAIL);
    const folder = mailboxOf(data);
    const names = readdirSync(folder);
    expect(names).toHaveLength(2);
    expect(names.every((name) => name.endsWith('.eml'))).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, names[0] ?? '')).mode & 0o777).toBe(0o600);
    const message = readFileSync(join(folder, names[0] ?? ''), 'utf8');
    expect(message).toContain('From: Acme <no-reply@acme.example>');
    expect(message).toContain('To: ana@acme.example');
    expect(message).toContain('Auto-Submitted: auto-generated');
  });
});

/** As much of RFC 5321 as one message needs. */
async function startMailServer(): Promise<{ server: Server; port: number; received: string[] }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    let inData = false;
    let message = '';
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split(/(?<=\r\n)/)) {
        if (inData) {
          message += line;
          if (line === '.\r\n') {
            inData = false;
            received.push(message);
            socket.write('250 taken\r\n');
          }
        } else if (line.startsWith('DATA')) {
          inData = true;
          socket.write('354 go on\r\n');
        } else socket.write(line.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, port: (server.address() as AddressInfo).port, received };
}

describe('messages by SMTP', () => {
  it('arrive, and nothing is left in a folder', async () => {
    const { server, port, received } = await startMailServer();
    const deliver = openMailTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: FROM, data });
    await deliver(MAIL);
    server.close();
    expect(received).toHaveLength(1);
    expect(received[0]).toContain('To: ana@acme.example');
    expect(readdirSync(data)).toEqual([]);
  });

  it('a server that is away is an error, for the queue to try again', async () => {
    const { server, port } = await startMailServer();
    server.close();
    await once(server, 'close');
    const deliver = openMailTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: FROM, data });
    await expect(deliver(MAIL)).rejects.toThrow();
  });
});
