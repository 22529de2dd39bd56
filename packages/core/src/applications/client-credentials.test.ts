import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OAuthError } from '../errors/oauth-error.js';
import { readClientCredentials } from './client-credentials.js';

const ID = 'a'.repeat(32);

function read(authorization: string | undefined, body: Readonly<Record<string, string>> = {}) {
  return readClientCredentials({ authorization, parameters: new Map(Object.entries(body)) });
}

function basic(clientId: string, clientSecret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

function faultOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof OAuthError) return `${error.code} ${error.evidence?.check ?? ''}`;
    throw error;
  }
  return 'none';
}

describe('client credentials', () => {
  it('in the body are taken as they are', () => {
    expect(read(undefined, { client_id: ID, client_secret: 's%41+' }).candidates).toEqual([
      { clientId: ID, clientSecret: 's%41+' },
    ]);
  });

  it('of a public client are its client_id alone', () => {
    const expected = { clientId: ID, candidates: [{ clientId: ID, clientSecret: undefined }] };
    expect(read(undefined, { client_id: ID })).toEqual(expected);
    expect(read(basic(ID, ''))).toEqual(expected);
  });

  it('in Basic are read raw, and form-decoded where that is something else', () => {
    expect(read(basic(ID, 'plain')).candidates).toEqual([{ clientId: ID, clientSecret: 'plain' }]);
    expect(read(basic(ID, 'a%3Ab+c')).candidates).toEqual([
      { clientId: ID, clientSecret: 'a%3Ab+c' },
      { clientId: ID, clientSecret: 'a:b c' },
    ]);
  });

  it('in Basic are read whether or not the client encoded them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (secret) => {
        const encoded = encodeURIComponent(secret).replaceAll('%20', '+');
        for (const sent of [secret, encoded]) {
          expect(read(basic(ID, sent)).candidates).toContainEqual({ clientId: ID, clientSecret: secret });
        }
      }),
    );
  });

  it('end at the first colon: a secret may have more', () => {
    expect(read(basic(ID, 'a:b')).candidates).toEqual([{ clientId: ID, clientSecret: 'a:b' }]);
  });

  it('that can’t be form-decoded are read raw only', () => {
    expect(read(basic(ID, '100%')).candidates).toEqual([{ clientId: ID, clientSecret: '100%' }]);
  });

  it.each(['basic', 'BASIC', 'bAsIc'])('may be sent with the scheme written %s', (scheme) => {
    expect(read(basic(ID, 's').replace('Basic', scheme)).clientId).toBe(ID);
  });

  it('may have blanks around', () => {
    expect(read(`  ${basic(ID, 's').replace(' ', '   ')}  `).clientId).toBe(ID);
  });

  it('may name the same client in the body, in either reading', () => {
    expect(read(basic(ID, 's'), { client_id: ID }).candidates).toEqual([{ clientId: ID, clientSecret: 's' }]);
    expect(read(basic('a%20b', 's'), { client_id: 'a b' }).candidates).toEqual([
      { clientId: 'a b', clientSecret: 's' },
    ]);
  });

  it.each([
    ['another scheme', 'Bearer abc'],
    ['no value', 'Basic'],
    ['an empty value', 'Basic '],
    ['what is no base64', 'Basic a$b'],
    ['no colon', `Basic ${Buffer.from('abc').toString('base64')}`],
    ['two values', `${basic(ID, 's')} ${basic(ID, 's')}`],
    ['what is not UTF-8', `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString('base64')}`],
    ['nothing', ''],
  ])('with %s in the header are no credentials, whatever the body says', (_name, header) => {
    expect(faultOf(() => read(header))).toBe('invalid_client basic-well-formed');
    expect(faultOf(() => read(header, { client_id: ID, client_secret: 's' }))).toBe(
      'invalid_client basic-well-formed',
    );
  });

  it('in two ways at once are refused, even if they agree', () => {
    expect(faultOf(() => read(basic(ID, 's'), { client_id: ID, client_secret: 's' }))).toBe(
      'invalid_request one-client-authentication',
    );
    expect(faultOf(() => read(basic(ID, ''), { client_secret: 's' }))).toBe(
      'invalid_request one-client-authentication',
    );
  });

  it('that name one client in the header and another in the body are refused', () => {
    expect(faultOf(() => read(basic(ID, 's'), { client_id: 'b'.repeat(32) }))).toBe(
      'invalid_client client-id-agrees',
    );
  });

  it('that are not there are missed', () => {
    expect(faultOf(() => read(undefined))).toBe('invalid_client client-id-present');
    expect(faultOf(() => read(undefined, { client_secret: 's' }))).toBe('invalid_client client-id-present');
  });
});
