import { parseEnvironmentName, type EnvironmentName } from '@fluxo/core';
import { parseProviderNetworks, type ProviderNetwork } from './adapters/provider-address.js';
import { MAX_WORKERS, parseWorkers } from './workers/worker-number.js';

/** A setting that can't be taken: which one, what came, what to write instead. */
export class ConfigError extends Error {
  constructor(setting: string, problem: string) {
    super(`${setting}: ${problem}`);
    this.name = 'ConfigError';
  }
}

export interface Config {
  /** The data directory: database, keys. */
  readonly data: string;
  /** `postgres://…`, for several nodes; undefined: SQLite in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  /** How many processes share the port; undefined: one, which nobody watches. */
  readonly workers: number | undefined;
  /** Health on a port of its own, loopback; undefined: on the main port only. */
  readonly operationsPort: number | undefined;
  readonly baseDomain: string;
  readonly publicScheme: 'http' | 'https';
  /** Undefined: the port that the listener has. */
  readonly publicPort: number | undefined;
  readonly defaultEnvironment: DefaultEnvironment | undefined;
  /** From the settings; undefined: the file in the data directory. */
  readonly secretKeys: readonly Uint8Array[] | undefined;
  /** `smtp://` or `smtps://`; undefined: messages go into a folder of the data directory. */
  readonly smtpUrl: string | undefined;
  /** Whom messages are from. */
  readonly mailFrom: string;
  /** Addresses or networks whose `X-Forwarded-*` counts. */
  readonly trustedProxies: readonly string[];
  /** Networks that aren't public, where identity providers may be nevertheless. */
  readonly providerNetworks: readonly ProviderNetwork[];
}

export interface DefaultEnvironment {
  readonly name: EnvironmentName;
  /** Undefined: `localhost` at the public port. */
  readonly origin: string | undefined;
  /** Host names (without port) that it answers on. */
  readonly hosts: readonly string[];
}

type Settings = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError for the first setting that can't be taken */
export function readConfig(settings: Settings): Config {
  const baseDomain = readBaseDomain(settings);
  const publicScheme = readScheme(settings);
  const config: Config = {
    data: present(settings, 'FLUXO_DATA') ?? './data',
    databaseUrl: readDatabaseUrl(settings),
    host: present(settings, 'HOST') ?? '127.0.0.1',
    port: readPort(settings, 'PORT') ?? 3000,
    workers: readWorkers(settings),
    operationsPort: readPort(settings, 'FLUXO_OPERATIONS_PORT'),
    baseDomain,
    publicScheme,
    publicPort: readPort(settings, 'FLUXO_PUBLIC_PORT'),
    defaultEnvironment: readDefaultEnvironment(settings, baseDomain),
    secretKeys: readSecretKeys(settings),
    trustedProxies: list(settings, 'FLUXO_TRUSTED_PROXIES'),
    providerNetworks: readProviderNetworks(settings),
    ...readMail(settings),
  };
  if (publicScheme === 'http' && !isLoopbackName(baseDomain)) {
    throw new ConfigError(
      'FLUXO_PUBLIC_SCHEME',
      `must be https for ${baseDomain}: cookies and codes would travel in the clear. Put a TLS proxy in front.`,
    );
  }
  return config;
}

/** Names that never leave the machine (RFC 6761 §6.3). */
function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '127.0.0.1' ||
    name === '[::1]' ||
    name === '::1'
  );
}

function present(settings: Settings, name: string): string | undefined {
  const value = settings[name]?.trim();
  return value === '' ? undefined : value;
}

function list(settings: Settings, name: string): readonly string[] {
  return (present(settings, name) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readPort(settings: Settings, name: string): number | undefined {
  const text = present(settings, name);
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535)
    throw new ConfigError(name, `"${text}" is not a port; write a number from 0 to 65535.`);
  return port;
}

function readWorkers(settings: Settings): number | undefined {
  const text = present(settings, 'FLUXO_WORKERS');
  if (text === undefined) return undefined;
  const workers = parseWorkers(text);
  if (workers !== undefined) return workers;
  throw new ConfigError(
    'FLUXO_WORKERS',
    `"${text}" is no number of workers; write a number from 1 to ${MAX_WORKERS}, or auto: one for each core.`,
  );
}

function readProviderNetworks(settings: Settings): readonly ProviderNetwork[] {
  try {
    return parseProviderNetworks(list(settings, 'FLUXO_PROVIDER_NETWORKS'));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError('FLUXO_PROVIDER_NETWORKS', error.message);
  }
}

/** The message never repeats the value: it has a password in it. */
function readDatabaseUrl(settings: Settings): string | undefined {
  const url = present(settings, 'FLUXO_DATABASE_URL');
  if (url === undefined || /^postgres(?:ql)?:\/\/[^/?]+\/[^/?]+/.test(url)) return url;
  throw new ConfigError(
    'FLUXO_DATABASE_URL',
    'is not the address of a PostgreSQL database: write postgres://user:password@host:5432/database (several ' +
      'hosts separated by commas), or unset it to keep the data in SQLite, in the data directory.',
  );
}

/** The messages never repeat the URL: it has a password in it. */
function readMail(settings: Settings): Pick<Config, 'smtpUrl' | 'mailFrom'> {
  const smtpUrl = present(settings, 'FLUXO_SMTP_URL');
  const mailFrom = present(settings, 'FLUXO_MAIL_FROM');
  if (smtpUrl !== undefined && !/^smtps?:\/\/[^/\s]+\/?$/.test(smtpUrl)) {
    throw new ConfigError(
      'FLUXO_SMTP_URL',
      'is not the address of a mail server: write smtps://user:password@mail.example.com:465, or smtp://… for ' +
        'STARTTLS, with % signs for what a URL can’t hold.',
    );
  }
  if (
    mailFrom !== undefined &&
    !/^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(mailFrom)
  ) {
    throw new ConfigError(
      'FLUXO_MAIL_FROM',
      `"${mailFrom}" is not a sender: write one address, or a name and <address>.`,
    );
  }
  if (smtpUrl !== undefined && mailFrom === undefined) {
    throw new ConfigError(
      'FLUXO_MAIL_FROM',
      'is needed beside FLUXO_SMTP_URL, for example no-reply@example.com.',
    );
  }
  return { smtpUrl, mailFrom: mailFrom ?? 'Fluxo <no-reply@localhost>' };
}

function readBaseDomain(settings: Settings): string {
  const domain = (present(settings, 'FLUXO_BASE_DOMAIN') ?? 'localhost').toLowerCase();
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(domain)) {
    throw new ConfigError(
      'FLUXO_BASE_DOMAIN',
      `"${domain}" is not a domain name; write it without scheme and port.`,
    );
  }
  return domain;
}

function readScheme(settings: Settings): 'http' | 'https' {
  const scheme = present(settings, 'FLUXO_PUBLIC_SCHEME') ?? 'http';
  if (scheme === 'http' || scheme === 'https') return scheme;
  throw new ConfigError('FLUXO_PUBLIC_SCHEME', `"${scheme}" is neither http nor https.`);
}

function readDefaultEnvironment(settings: Settings, baseDomain: string): DefaultEnvironment | undefined {
  const text = present(settings, 'FLUXO_DEFAULT_ENVIRONMENT');
  if (text === undefined) return undefined;
  const origin = present(settings, 'FLUXO_DEFAULT_ORIGIN');
  if (origin === undefined && !isLoopbackName(baseDomain)) {
    throw new ConfigError(
      'FLUXO_DEFAULT_ORIGIN',
      'is needed beside FLUXO_DEFAULT_ENVIRONMENT, for example https://id.example.com.',
    );
  }
  const hostname = checkOrigin(origin ?? 'http://localhost');
  return {
    name: readEnvironmentName(text),
    origin,
    hosts: [
      ...new Set([hostname, ...list(settings, 'FLUXO_DEFAULT_HOSTS').map((host) => host.toLowerCase())]),
    ],
  };
}

function readEnvironmentName(text: string): EnvironmentName {
  try {
    return parseEnvironmentName(text);
  } catch (error) {
    throw new ConfigError('FLUXO_DEFAULT_ENVIRONMENT', error instanceof Error ? error.message : text);
  }
}

/** @returns the host name */
function checkOrigin(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.origin !== origin || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(
      'FLUXO_DEFAULT_ORIGIN',
      `"${origin}" is not an origin; write scheme, host and port only.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopbackName(url.hostname)) {
    throw new ConfigError('FLUXO_DEFAULT_ORIGIN', `"${origin}" must be https: only loopback may do without.`);
  }
  return url.hostname;
}

/** Base64 or hexadecimal, 32 bytes and more each, separated by commas. The first signs, all verify. */
function readSecretKeys(settings: Settings): readonly Uint8Array[] | undefined {
  const texts = list(settings, 'FLUXO_SECRET_KEYS');
  return texts.length === 0 ? undefined : texts.map(parseSecretKey);
}

function parseSecretKey(text: string): Uint8Array {
  const key = /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length < 32) {
    throw new ConfigError(
      'FLUXO_SECRET_KEYS',
      'each key needs at least 32 random bytes in base64 or hexadecimal; make one with: openssl rand -base64 32',
    );
  }
  return key;
}
