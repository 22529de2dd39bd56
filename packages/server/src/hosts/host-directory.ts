import {
  RESERVED_DOMAIN,
  type Environment,
  type EnvironmentName,
  type WatchedEnvironmentStore,
} from '@fluxo/core';
import type { Config } from '../config.js';

/** What a host name means. */
export type Site =
  | EnvironmentSite
  /** `oauth.<lane>.<base>`: names no organization; the application tells which one. */
  | { readonly kind: 'by-client'; readonly lane: string };

interface EnvironmentSite {
  readonly kind: 'environment';
  readonly environment: Environment;
  /** The environment's one origin: issuer, cookies, pages. */
  readonly origin: string;
  /** The host is another name of it: pages are redirected to the origin. */
  readonly alias: boolean;
}

/** What a `Host` header names, whether or not there is such an environment. */
interface Named {
  readonly hostname: string;
  readonly name: EnvironmentName;
  /** As it was found last, and what the store had heard then. */
  found?: { readonly site: EnvironmentSite; readonly heard: number | undefined };
}

const MOST_NAMED = 10_000;

type HostConfig = Pick<Config, 'baseDomain' | 'publicScheme' | 'publicPort' | 'defaultEnvironment'>;

/** Hosts to environments and back. Only exact names are known; whatever else came is nobody's. */
export class HostDirectory {
  readonly #config: HostConfig;
  readonly #environments: WatchedEnvironmentStore;
  #listeningPort: number;
  /** Of headers that led to an environment: nobody fills it with inventions. */
  readonly #named = new Map<string, Named>();

  constructor(config: HostConfig & Pick<Config, 'port'>, environments: WatchedEnvironmentStore) {
    this.#config = config;
    this.#environments = environments;
    this.#listeningPort = config.port;
  }

  /** Called once the listener has its port; the origins of a server behind nothing carry it. */
  setListeningPort(port: number): void {
    this.#listeningPort = port;
    this.#named.clear();
  }

  /** The site of a host whose environment was found before, and of which no change was heard since. */
  recall(host: string): Site | undefined {
    const heard = this.#environments.heard();
    const found = this.#named.get(host)?.found;
    return heard !== undefined && found?.heard === heard ? found.site : undefined;
  }

  /** @param host the `Host` header, or what a trusted proxy says it was */
  async resolve(host: string): Promise<Site | undefined> {
    const known = this.recall(host);
    if (known !== undefined) return known;
    const named = this.#named.get(host) ?? this.#read(host);
    if (named === undefined) return undefined;
    const { name } = named;
    if (name.domain === RESERVED_DOMAIN) return { kind: 'by-client', lane: name.lane };
    // Asked before it is read: what changes meanwhile is not missed.
    const heard = this.#environments.heard();
    const environment = await this.#environments.findByName(name);
    if (environment === undefined) return undefined;
    const site = this.#siteOf(environment, named.hostname);
    named.found = { site, heard };
    this.#remember(host, named);
    return site;
  }

  originOf(name: EnvironmentName): string {
    const fallback = this.#config.defaultEnvironment;
    const { publicScheme, baseDomain } = this.#config;
    if (fallback !== undefined && sameName(fallback.name, name)) {
      return fallback.origin ?? this.#withPort(`${publicScheme}://localhost`);
    }
    return this.#withPort(`${publicScheme}://${name.domain}.${name.lane}.${baseDomain}`);
  }

  /** Whether an address is this server's own: no redirect URL may lead here. */
  isOwnHost = (url: URL): boolean => {
    // A name with its trailing dot is the same name.
    const named = new URL(url);
    named.hostname = url.hostname.toLowerCase().replace(/\.+$/, '');
    if (this.#nameOf(named.hostname) !== undefined) return true;
    const isDefault = this.#config.defaultEnvironment?.hosts.includes(named.hostname) === true;
    return isDefault && named.origin === new URL(this.originAt(named.hostname)).origin;
  };

  /** The origin that this server would have under another of the default environment's names. */
  originAt(hostname: string): string {
    const fallback = this.#config.defaultEnvironment;
    if (fallback?.origin !== undefined && new URL(fallback.origin).hostname === hostname)
      return fallback.origin;
    return this.#withPort(`${this.#config.publicScheme}://${hostname}`);
  }

  #read(host: string): Named | undefined {
    const hostname = hostnameOf(host);
    if (hostname === undefined) return undefined;
    const fallback = this.#config.defaultEnvironment;
    if (fallback?.hosts.includes(hostname) === true) return { hostname, name: fallback.name };
    const name = this.#nameOf(hostname);
    return name && { hostname, name };
  }

  #remember(host: string, named: Named): void {
    if (this.#named.has(host)) return;
    // A name can be written in many ways, with any port behind it.
    if (this.#named.size >= MOST_NAMED) this.#named.clear();
    this.#named.set(host, named);
  }

  #siteOf(environment: Environment, hostname: string): EnvironmentSite {
    const url = new URL(this.originOf(environment));
    return { kind: 'environment', environment, origin: url.origin, alias: url.hostname !== hostname };
  }

  #nameOf(hostname: string): EnvironmentName | undefined {
    const suffix = `.${this.#config.baseDomain}`;
    if (!hostname.endsWith(suffix)) return undefined;
    const [domain, lane, ...rest] = hostname.slice(0, -suffix.length).split('.');
    return domain === undefined || lane === undefined || rest.length > 0 ? undefined : { domain, lane };
  }

  #withPort(schemeAndHost: string): string {
    const port = this.#config.publicPort ?? this.#listeningPort;
    return new URL(`${schemeAndHost}:${port}`).origin;
  }
}

/** Undefined for what no client should send: blanks, user names, paths, a port that is none. */
function hostnameOf(host: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
}

function sameName(a: EnvironmentName, b: EnvironmentName): boolean {
  return a.domain === b.domain && a.lane === b.lane;
}
