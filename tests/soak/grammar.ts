import type { Harvest } from './harvest.js';
import type { SeededRandom } from './random.js';
import { CALLBACK } from './server-messages.js';
import { shot, type Shot } from './shot.js';

export interface Target {
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Right requests to every endpoint, with what earlier answers gave out. */
export class Grammar {
  readonly #random: SeededRandom;
  readonly #harvest: Harvest;
  readonly #target: Target;
  readonly #origin: string;
  readonly #kinds: readonly (() => Shot)[];

  constructor(random: SeededRandom, harvest: Harvest, target: Target) {
    this.#random = random;
    this.#harvest = harvest;
    this.#target = target;
    this.#origin = `http://localhost:${target.port}`;
    this.#kinds = [
      ...[this.#authorize, this.#code, this.#code, this.#refresh, this.#refresh, this.#refresh],
      ...[this.#judge, this.#judge, this.#api, this.#api, this.#api, this.#plain, this.#plain],
      ...[this.#preflight, this.#form, this.#jwt],
    ];
  }

  next(): Shot {
    return this.#random.pick(this.#kinds)();
  }

  #authorize = (): Shot =>
    shot('GET', this.#random.pick(['/oauth2/authorize', '/integrations/oauth2/authorize']), {
      query: [
        ['client_id', this.#target.clientId],
        ['response_type', 'code'],
        ['redirect_uri', CALLBACK],
        ['state', `s${this.#random.below(1e9)}`],
        ['prompt', this.#random.pick(['', 'none', 'login', 'consent'])],
        ['login_hint', 'ana'],
        ['ui_locales', this.#random.pick(['en', 'pt-BR', 'xx', 'de en;q=0'])],
      ],
      headers: this.#cookies(),
    });

  #code = (): Shot =>
    this.#tokenRequest([
      ['grant_type', 'authorization_code'],
      ['code', this.#harvest.give('code')],
      ['redirect_uri', CALLBACK],
    ]);

  #refresh = (): Shot =>
    this.#tokenRequest([
      ['grant_type', 'refresh_token'],
      ['refresh_token', this.#harvest.give('refresh')],
    ]);

  /** Of an application that has no key: read to its signature, and refused. */
  #jwt = (): Shot => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const alg = this.#random.pick(['RS256', 'ES256', 'EdDSA', 'none', 'HS256']);
    const jwt = `${part({ alg })}.${part({ exp: 1 })}.${this.#harvest.give('session')}`;
    if (this.#random.chance(0.5))
      return this.#asClient('/integrations/oauth2/api/v1/jwt/exchange', [['jwt_token', jwt]]);
    return this.#tokenRequest([
      ['grant_type', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
      ['assertion', jwt],
    ]);
  };

  #tokenRequest(form: [string, string][]): Shot {
    return this.#asClient(this.#random.pick(['/oauth2/token', '/integrations/oauth2/api/v1/token']), form);
  }

  /** Mostly introspection: who revokes each time never has anything that works. */
  #judge = (): Shot => {
    const family = this.#random.pick(['/oauth2/', '/integrations/oauth2/api/v1/']);
    const endpoint = this.#random.chance(0.15) ? 'revoke' : 'introspect';
    const token = this.#harvest.give(this.#random.pick(['session', 'refresh', 'code'] as const));
    return this.#asClient(family + endpoint, [
      ['token', token],
      ['token_type_hint', 'access_token'],
    ]);
  };

  #asClient(path: string, form: [string, string][]): Shot {
    const { clientId, clientSecret } = this.#target;
    if (this.#random.chance(0.5)) {
      const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
      return shot('POST', path, { form, headers: [['authorization', `Basic ${basic}`]] });
    }
    const all: [string, string][] = [...form, ['client_id', clientId], ['client_secret', clientSecret]];
    if (this.#random.chance(0.6)) return shot('POST', path, { form: all });
    return shot('POST', path, {
      body: JSON.stringify(Object.fromEntries(all)),
      headers: [['content-type', 'application/json']],
    });
  }

  #api = (): Shot => {
    const session = this.#harvest.give('session');
    const found: [string, string][] = [
      ['fields', this.#random.pick(['*', 'name', 'ID,status', 'priority'])],
      ['$$LIMIT', String(this.#random.below(50))],
      [this.#random.pick(['status', 'priority', 'plannedStartDate', 'objCode']), '2026-03-02'],
    ];
    const header: [string, string] = this.#random.pick([
      ['sessionID', session],
      ['authorization', `Bearer ${session}`],
      ['Authorization', `sessionID ${session}`],
    ]);
    const path = this.#random.pick(['proj/search', 'proj/search', `proj/${'0'.repeat(32)}`]);
    return shot('GET', `/attask/api/v${this.#random.below(20)}.0/${path}`, {
      query: found.slice(0, this.#random.below(4)),
      headers: [header],
    });
  };

  #plain = (): Shot => {
    const paths = [
      ...['/', '/account', '/sign-in', '/sign-in/password', '/consent', '/signed-out', '/favicon.ico'],
      ...['/health/live', '/health/ready', '/.well-known/oauth-authorization-server', '/console'],
      ...['/.well-known/openid-configuration', '/logo/0/0', '/api/v1', '/oauth2/token', '/nothing/here'],
    ];
    return shot('GET', this.#random.pick(paths), { headers: this.#cookies() });
  };

  #preflight = (): Shot =>
    shot('OPTIONS', this.#random.pick(['/oauth2/token', '/oauth2/revoke', '/attask/api/v1.0/proj/search']), {
      headers: [
        ['origin', 'https://app.example'],
        ['access-control-request-method', 'POST'],
      ],
    });

  /** Our own pages' forms. The right password is sent by walks alone: hashing would be all that happens. */
  #form = (): Shot => {
    const [path, more] = this.#random.pick<readonly [string, [string, string][]]>([
      ['/sign-in', [['username', `user${this.#random.below(1e6)}`]]],
      ['/consent', [['decision', this.#random.pick(['allow', 'cancel', ''])]]],
      ['/sign-in/switch', []],
      ['/account/disconnect', [['consent', '0'.repeat(32)]]],
      ['/account/end-session', [['session', '0'.repeat(32)]]],
      ...(this.#random.chance(0.05) ? [PASSWORD_FORM] : []),
    ]);
    return shot('POST', path, {
      form: [['flow', this.#harvest.give('flow')], ...more],
      headers: [['origin', this.#origin], ['sec-fetch-site', 'same-origin'], ...this.#cookies()],
    });
  };

  #cookies(): [string, string][] {
    if (this.#random.chance(0.3)) return [];
    return [['cookie', `${this.#harvest.give('cookie')}; ${this.#harvest.give('cookie')}`]];
  }
}

const PASSWORD_FORM: readonly [string, [string, string][]] = ['/sign-in/password', [['password', 'guess']]];
