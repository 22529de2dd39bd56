import { ObjectRequestError } from '@fluxo/objects';
import type { FastifyRequest } from 'fastify';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../http/tenant.js';
import type { Services } from '../../services.js';
import { readObjectQuery } from './object-query.js';
import { readPresentedSession } from './presented-session.js';

const ORIGIN = 'https://acme.my.example.com';
const values = fc.stringMatching(/^[0-9A-Za-z]{1,40}$/);
const anything = fc.string({ unit: 'binary', maxLength: 30 });

function read(
  parts: {
    readonly headers?: Readonly<Record<string, unknown>>;
    readonly method?: string;
    readonly url?: string;
  },
  sessionIdInQuery = false,
) {
  const { headers = {}, method = 'GET', url = '/attask/api/v1.0/proj/search' } = parts;
  const request = { headers, method, raw: { url } } as unknown as FastifyRequest;
  const tenant = { origin: ORIGIN, environment: { settings: { sessionIdInQuery } } } as unknown as Tenant;
  return readPresentedSession(request, tenant, { secure: true } as Services);
}

describe('the session that a request presents', () => {
  it('throws nothing, whatever came, and decides the same twice', () => {
    const headers = fc.record(
      {
        sessionid: fc.oneof(anything, fc.array(anything, { maxLength: 3 })),
        authorization: fc.oneof(
          anything,
          anything.map((text) => `Bearer ${text}`),
        ),
        cookie: anything.map((text) => `__Host-fluxo-session=${text}`),
        'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site', ''),
      },
      { requiredKeys: [] },
    );
    const url = anything.map((text) => `/x?sessionID=${text}`);
    fc.assert(
      fc.property(headers, url, fc.boolean(), (sent, path, inQuery) => {
        const request = { headers: sent, url: path };
        expect(read(request, inQuery)).toEqual(read(request, inQuery));
      }),
    );
  });

  it('is the same by every way, and also when several ways agree', () => {
    const scheme = fc.constantFrom('Bearer ', 'bearer  ', 'sessionID ', ' SESSIONID ');
    fc.assert(
      fc.property(values, scheme, (value, prefix) => {
        const expected = { sessionId: value, origin: 'application' };
        const authorization = `${prefix}${value}`;
        expect(read({ headers: { sessionid: value } })).toEqual(expected);
        expect(read({ headers: { authorization } })).toEqual(expected);
        expect(read({ headers: { sessionid: value, authorization } })).toEqual(expected);
        expect(read({ url: `/x?sessionID=${value}` }, true)).toEqual(expected);
        expect(read({ url: `/x?sessionID=${value}` })).toBeUndefined();
      }),
    );
  });

  it('is none where two differ, the cookie among them', () => {
    const cookie = (value: string) => ({
      cookie: `__Host-fluxo-session=${value}`,
      'sec-fetch-site': 'same-origin',
    });
    fc.assert(
      fc.property(values, values, (one, two) => {
        fc.pre(one !== two);
        const bearer = { authorization: `Bearer ${two}` };
        expect(read({ headers: { sessionid: one, ...bearer } })).toBeUndefined();
        expect(read({ headers: { sessionid: [one, two] } })).toBeUndefined();
        expect(read({ headers: { ...cookie(one), ...bearer } })).toBeUndefined();
        expect(read({ headers: { sessionid: one }, url: `/x?sessionID=${two}` }, true)).toBeUndefined();
      }),
    );
  });

  it('in a cookie counts for a read of our own page alone', () => {
    const sites = fc.constantFrom('same-site', 'cross-site', 'none', '', undefined);
    const methods = fc.constantFrom('POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'get');
    fc.assert(
      fc.property(values, sites, methods, (value, site, method) => {
        const cookie = `__Host-fluxo-session=${value}`;
        const own = { cookie, 'sec-fetch-site': 'same-origin' };
        expect(read({ headers: own })).toEqual({ sessionId: value, origin: 'browser' });
        expect(read({ headers: own, method })).toBeUndefined();
        expect(read({ headers: { cookie, 'sec-fetch-site': site } })).toBeUndefined();
      }),
    );
  });
});

describe('the query of an object request', () => {
  it('throws nothing but its own error, and never gives a parameter that came twice', () => {
    const pieces = fc.constantFrom(
      'a',
      'fields',
      '=',
      '&',
      '%',
      '%61',
      '+',
      '?',
      '#',
      '\0',
      '__proto__',
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        try {
          for (const [, value] of readObjectQuery(`/x?${parts.join('')}`)) expect(value).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(ObjectRequestError);
        }
      }),
    );
    fc.assert(
      fc.property(values, values, values, (name, one, two) => {
        const url = `/x?${name}=${one}&${name}=${two}`;
        expect(() => readObjectQuery(url)).toThrow(ObjectRequestError);
        expect([...readObjectQuery(`/x?${name}=${one}`)]).toEqual([[name, one]]);
      }),
    );
  });
});
