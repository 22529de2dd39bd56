/** A whole server in a process of its own; says over IPC where it listens and how much memory it takes. */
import { Writable } from 'node:stream';
import { createEnvironment, createUser, registerApplication } from '@fluxo/core';
import { composeServer, readConfig } from '@fluxo/server';
import { PASSWORD } from '../support/password.js';
import { CALLBACK, USERNAMES, type FromServer, type ToServer } from './server-messages.js';

const [folder = ''] = process.argv.slice(2);
let errors = 0;
const server = await composeServer(
  readConfig({
    FLUXO_DATA: folder,
    PORT: '0',
    FLUXO_DEFAULT_ENVIRONMENT: 'acme.my',
    // So that every person and every request can come from an address of their own.
    FLUXO_TRUSTED_PROXIES: '127.0.0.1',
  }),
  {
    logLevel: 'info',
    // What the server calls an error of its own is counted, whatever was answered.
    logStream: new Writable({
      decodeStrings: false,
      write: (line: string | Buffer, _encoding, done) => {
        if (/^\{"level":(?:50|60)/.test(line.toString())) {
          errors += 1;
          if (errors <= 20) process.stderr.write(line);
        }
        done();
      },
    }),
  },
);
const { storage, essentials, passwordHasher, hosts } = server.services;
const environment = await createEnvironment(
  { domain: 'acme', lane: 'my', name: 'Acme' },
  storage.environments,
  essentials,
);
const own = storage.forEnvironment(environment.id);
const people = { environmentId: environment.id, store: own.users, essentials, passwordHasher };
for (const username of USERNAMES) {
  await createUser({ username, name: username, password: PASSWORD, administrator: false }, people);
}
const { application, clientSecret = '' } = await registerApplication(
  {
    kind: 'web',
    name: 'Planner',
    redirectUrls: [CALLBACK],
    refreshPolicy: { rotation: true, absoluteDays: null, inactivityDays: null },
  },
  {
    environmentId: environment.id,
    store: own.applications,
    essentials,
    isOwnHost: hosts.isOwnHost,
  },
);
const port = await server.listen();

function send(message: FromServer): void {
  process.send?.(message);
}

process.on('message', (message: ToServer) => {
  if (message === 'close') {
    void server.close().then(() => process.disconnect());
    return;
  }
  // Garbage is no growth: only what survives a collection counts.
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  send({ kind: 'memory', heapUsed, rss, errors });
});
send({ kind: 'ready', port, clientId: application.clientId, clientSecret });
