import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startThirdPartyApp, type ThirdPartyApp } from '@fluxo/example-third-party-app';
import { composeServer, ConfigError, readConfig, type Config, type FluxoServer } from '@fluxo/server';
import { startCompany, type DemoCompany } from './company.js';
import { loopbackFetch } from './loopback-fetch.js';
import { seedDemo, type ClientRegistration } from './seed.js';

export interface Demo {
  readonly server: FluxoServer;
  readonly thirdPartyApp: ThirdPartyApp;
  readonly registration: ClientRegistration;
  /** `http://localhost:<port>`: the default environment, acme.my. */
  readonly origin: string;
  readonly config: Config;
  /** The organization with single sign-on, where it was asked for. */
  readonly company: DemoCompany | undefined;
  close(): Promise<void>;
}

export interface DemoOptions {
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** 0 lets the operating system choose. */
  readonly thirdPartyPort: number;
  /** Where the second organization's identity provider listens; undefined: there is none. */
  readonly companyPort?: number;
}

const APP_HOST = '127.0.0.1';
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Server, demo organization and third-party app. @throws ConfigError off loopback: its passwords are known to all */
export async function startDemo({ settings, thirdPartyPort, companyPort }: DemoOptions): Promise<Demo> {
  const config = readConfig({ FLUXO_DEFAULT_ENVIRONMENT: 'acme.my', ...settings });
  refuseOffLoopback(config);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const log = createWriteStream(join(config.data, 'fluxo.log'), { flags: 'a', mode: 0o600 });
  const server = await composeServer(config, { logStream: log });
  let company: DemoCompany | undefined;
  try {
    const folder = join(config.data, 'third-party-app');
    // The app's port is known only to itself, and a loopback redirect URL may have any port (RFC 8252 §7.3).
    const redirectUrl = `http://${APP_HOST}:${thirdPartyPort === 0 ? 4000 : thirdPartyPort}/callback`;
    const registration = await seedDemo(server.services, { folder, redirectUrl });
    await server.listen();
    // Its address at Fluxo has the port that Fluxo got.
    if (companyPort !== undefined)
      company = await startCompany(server.services, { folder, redirectUrl, port: companyPort });
    const origin = server.services.hosts.originOf({ domain: 'acme', lane: 'my' });
    const thirdPartyApp = await startThirdPartyApp({
      ...{ ...registration, port: thirdPartyPort, host: APP_HOST, dataDir: folder, fluxoOrigin: origin },
      otherOrganizations: company === undefined ? [] : [invitationTo(company)],
    });
    const identityProvider = company?.identityProvider;
    const close = async (): Promise<void> => {
      await thirdPartyApp.close();
      await server.close();
      await identityProvider?.close();
    };
    return { server, thirdPartyApp, registration, origin, config, company, close };
  } catch (error) {
    await server.close();
    await company?.identityProvider.close();
    throw error;
  }
}

function invitationTo({ registration, origin }: DemoCompany) {
  const invitation = 'Connect by your company’s own sign-in';
  return { ...registration, fluxoOrigin: origin, fetch: loopbackFetch, invitation };
}

function refuseOffLoopback({ host, baseDomain, publicScheme }: Config): void {
  if (LOOPBACK.has(host) && baseDomain === 'localhost' && publicScheme === 'http') return;
  throw new ConfigError(
    'npm start',
    'the demo has passwords that everybody knows, so it runs on this machine alone. ' +
      'For a server that others reach, use: npx fluxo serve',
  );
}
