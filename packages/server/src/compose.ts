import type { AddressInfo } from 'node:net';
import {
  admitKeyRing,
  forwardOnly,
  Refusals,
  systemClock,
  systemRandom,
  Usage,
  type Clock,
  type Essentials,
  type RecordRefusals,
} from '@fluxo/core';
import { openStorage, type DatabaseStorage, type StorageOptions } from '@fluxo/storage';
import type { FastifyInstance } from 'fastify';
import { Argon2PasswordHasher, hasherLimits } from './adapters/argon2-password-hasher.js';
import { createProviderAdapters } from './adapters/provider-adapters.js';
import { joseJwtVerifier } from './adapters/jose-jwt-verifier.js';
import { otpauthCodes } from './adapters/otpauth-codes.js';
import { MailQueue } from './adapters/mail/mail-queue.js';
import { openMailTransport } from './adapters/mail/mail-transport.js';
import { openKeyRing } from './adapters/secret-keys.js';
import { LogLines, type LogStream } from './adapters/log-lines.js';
import { AuditSealer } from './behind/audit-sealer.js';
import { NotesWriter } from './behind/notes-writer.js';
import type { Config } from './config.js';
import { HostDirectory } from './hosts/host-directory.js';
import { buildApp, type AppOptions } from './http/build-app.js';
import { inSurface, observeRequests } from './http/observed.js';
import { surfaceOnDemand } from './http/surface-on-demand.js';
import { Metrics } from './metrics/metrics.js';
import { WriteCounts } from './metrics/write-counts.js';
import { once } from './once.js';
import type { Services } from './services.js';
import { answerUnreadable } from './surfaces/admin-api/admin-problem.js';
import { consoleSurface } from './surfaces/console/console-surface.js';
import { oauthSurface } from './surfaces/oauth/oauth-surface.js';
import { objectsSurface } from './surfaces/objects-api/objects-surface.js';
import { registerMetrics } from './surfaces/operations/metrics.route.js';
import { operationsSurface } from './surfaces/operations/operations-surface.js';
import { sendNotFound } from './surfaces/not-found.js';
import { pagesSurface } from './surfaces/pages/pages-surface.js';
import { readVersion } from './version.js';
import { connectionsEach } from './workers/worker-number.js';

export interface ComposeOptions {
  readonly logLevel?: AppOptions['logLevel'];
  /** Standard output when absent. */
  readonly logStream?: LogStream;
  readonly clock?: Clock;
  /** Which of how many processes it is that share this machine and one log. */
  readonly worker?: { readonly number: number; readonly of: number };
}

const ADMIN = { prefix: '/api/v1' };

export interface FluxoServer {
  /** For tests: requests without a socket. */
  readonly app: FastifyInstance;
  /** The port of its own for health and metrics; undefined where none is set. */
  readonly operations: FastifyInstance | undefined;
  /** For tests: what is otherwise loaded with the first request under `/api/v1`. */
  adminApi(): Promise<FastifyInstance>;
  readonly services: Services;
  readonly metrics: Metrics;
  /** @returns the port that the server has */
  listen(): Promise<number>;
  /** Writes what requests only noted: uses of sessions and secrets, and what was refused. */
  flushUsage(): Promise<void>;
  /** Seals what the activity logs have by now. */
  sealAudit(): Promise<void>;
  /** Graceful: answers what has come, writes what was noted, then lets go of the database. */
  close(): Promise<void>;
}

/** The one place where drivers, adapters and surfaces meet. @throws ConfigError, KeyRingRefusedError, and as openStorage */
export async function composeServer(config: Config, options: ComposeOptions = {}): Promise<FluxoServer> {
  const essentials = essentialsOf(config, options.clock);
  const writes = new WriteCounts();
  const { worker } = options;
  const storage = await openAdmitted(config, essentials, {
    ...{ role: 'server', observer: writes },
    ...(worker === undefined ? {} : { maxConnections: connectionsEach(worker.of) }),
  });
  const writer = new NotesWriter((isLast) => flushNotes(isLast));
  const usage = new Usage(() => writer.soon());
  const refusals = new Refusals(essentials);
  const flushNotes = async (isLast = false): Promise<void> => {
    const record: RecordRefusals = (id, events) => storage.forEnvironment(id).audit.record(events);
    await Promise.all([usage.flush(storage), refusals.flush(record, isLast)]);
  };
  const sealer = new AuditSealer({ storage, essentials });
  const passwordHasher = new Argon2PasswordHasher(hasherLimits(worker?.of ?? 1));
  await passwordHasher.prepare();
  const log = openLog(options.logStream);
  const mails = new MailQueue(openMailTransport(config), undefined, config.smtpUrl !== undefined);
  let stopping = false;
  const hosts = new HostDirectory(config, storage.environments);
  const secure = config.publicScheme === 'https';
  const services: Services = {
    ...{ storage, essentials, passwordHasher, usage, refusals, hosts, secure },
    providerAdapters: createProviderAdapters(config),
    oneTimeCodes: otpauthCodes,
    jwtVerifier: joseJwtVerifier,
    mails,
    isStopping: () => stopping,
  };
  const appOptions = {
    trustedProxies: config.trustedProxies,
    logLevel: options.logLevel ?? 'info',
    logStream: log,
    logBase: worker === undefined ? undefined : { worker: worker.number, pid: process.pid },
    answerUnreadable,
  };
  const app = buildApp(services, appOptions);
  const metrics = new Metrics({ version: readVersion(), pendingUses: () => usage.pendingCount, writes });
  observeRequests(app, metrics);
  const adminApi = once(() => composeAdmin(services, { ...appOptions, metrics }));
  await app.register(inSurface('operations', operationsSurface(services)));
  await app.register(inSurface('oauth', oauthSurface(services)));
  await app.register(inSurface('objects', objectsSurface(services)), { prefix: '/attask/api' });
  await app.register(surfaceOnDemand(adminApi), ADMIN);
  await app.register(inSurface('pages', pagesSurface(services)));
  await app.register(inSurface('console', consoleSurface(services)));
  app.setNotFoundHandler(sendNotFound);
  writer.start(app.log);
  sealer.start(app.log);
  mails.start(app.log);
  const operations = await composeOperations(config, services, { ...appOptions, metrics });

  return {
    app,
    operations,
    adminApi,
    services,
    metrics,
    listen: async () => {
      await app.listen({ host: config.host, port: config.port });
      if (config.operationsPort !== undefined) {
        await operations?.listen({ host: '127.0.0.1', port: config.operationsPort });
      }
      const { port } = app.server.address() as AddressInfo;
      hosts.setListeningPort(port);
      return port;
    },
    flushUsage: () => flushNotes(),
    sealAudit: () => sealer.sealWaiting(),
    close: async () => {
      stopping = true;
      await app.close();
      await operations?.close();
      await mails.close();
      metrics.stop();
      await writer.stop();
      await sealer.stop();
      await storage.close();
      log.close();
    },
  };
}

/** What a server looks at before it serves, and the migrations, once for all workers. @throws as composeServer */
export async function prepareDatabase(config: Config): Promise<void> {
  const storage = await openAdmitted(config, essentialsOf(config), { role: 'tool' });
  await storage.close();
}

/** Whoever gives a stream ends it. */
function openLog(given: LogStream | undefined): LogStream & { close(): void } {
  if (given === undefined) return new LogLines(process.stdout);
  return { write: (line) => given.write(line), close: () => undefined };
}

function essentialsOf(config: Config, clock: Clock = systemClock): Essentials {
  return { clock: forwardOnly(clock), random: systemRandom, keyRing: openKeyRing(config) };
}

/** A database that knows these keys. */
async function openAdmitted(
  { data: folder, databaseUrl }: Config,
  essentials: Essentials,
  options: Pick<StorageOptions, 'role' | 'observer' | 'maxConnections'>,
): Promise<DatabaseStorage> {
  const storage = await openStorage({ databaseUrl, folder, essentials, ...options });
  try {
    await admitKeyRing(storage.keys, essentials);
    return storage;
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Its schemas and their compiler are as much to load as everything else. */
async function composeAdmin(
  services: Services,
  { metrics, ...options }: AppOptions & { readonly metrics: Metrics },
): Promise<FastifyInstance> {
  const { adminSurface } = await import('./surfaces/admin-api/admin-surface.js');
  const app = buildApp(services, { ...options, parsesQueries: true });
  observeRequests(app, metrics);
  await app.register(inSurface('admin', adminSurface(services)), ADMIN);
  app.setNotFoundHandler(sendNotFound);
  await app.ready();
  return app;
}

async function composeOperations(
  config: Config,
  services: Services,
  { metrics, ...options }: AppOptions & { readonly metrics: Metrics },
): Promise<FastifyInstance | undefined> {
  if (config.operationsPort === undefined) return undefined;
  const app = buildApp({ ...services, hosts: undefined }, options);
  await app.register(operationsSurface(services));
  registerMetrics(app, metrics);
  return app;
}
