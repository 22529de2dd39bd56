import { describe, expect, it } from 'vitest';
import { checkApplication, type ApplicationInput } from './check-application.js';
import {
  REDIRECT_URL_REFUSALS,
  RedirectUrlError,
  type RedirectUrlRefusal,
  type RedirectUrlValues,
} from './redirect-url-error.js';

interface Case {
  readonly reason: RedirectUrlRefusal;
  readonly redirectUrls: readonly string[];
  readonly message: string;
  readonly values: RedirectUrlValues;
  readonly kind?: ApplicationInput['kind'];
}

/** Of one URL, whose words begin with it. */
const of = (
  reason: RedirectUrlRefusal,
  text: string,
  { words, ...values }: RedirectUrlValues & { readonly words: string },
): Case => {
  const url = text.slice(0, 200);
  const message = `The redirect URL "${url}" ${words}`;
  return { reason, redirectUrls: [text], message, values: { url, ...values } };
};

const APP = 'https://app.example.com/cb';
const LONG = `${APP}?${'x'.repeat(2000)}`;
const MANY = Array.from({ length: 21 }, (_none, index) => `${APP}/${index}`);
const NO_MACHINE = 'A machine application has no redirect URLs: nobody signs in through it.';
const NO_BLANKS = 'contains blanks, control or non-ASCII characters; percent-encode them.';
const NO_FRAGMENT = 'has a fragment (#…), which an answer would be lost behind (RFC 6749 §3.1.2).';
const NOT_ABSOLUTE = 'is not an absolute URL, for example https://app.example.com/callback.';
const NOT_NORMAL = `is not in its normal form; write ${APP}`;
const NO_CREDENTIALS = 'carries a user name or password (…@), which hides where it leads.';
const NO_HTTP = 'uses http, which is allowed for localhost, 127.0.0.1 and [::1] only; use https.';
const NO_DOT =
  'uses the scheme "app:"; a private-use scheme needs a dot, for example com.example.app:/callback.';
const NO_PARAMETER = 'has "State" in its query, which the answer uses; choose another name.';
const NO_SELF = "leads to this server itself; use the application's own address.";

/** One of each, with the very words that the API and the command line give. */
const CASES: readonly Case[] = [
  { reason: 'missing', redirectUrls: [], message: 'At least one redirect URL is needed.', values: {} },
  {
    ...{ reason: 'too-many', redirectUrls: MANY, values: { most: 20 } },
    message: 'An application has at most 20 redirect URLs.',
  },
  { reason: 'of-machine', redirectUrls: [APP], message: NO_MACHINE, values: {}, kind: 'machine' },
  of('too-long', LONG, { words: 'is longer than 2000 characters.', most: 2000 }),
  of('not-ascii', `${APP} `, { words: NO_BLANKS }),
  of('wildcard', `${APP}/*`, { words: 'contains a wildcard (*); register each URL by itself.' }),
  of('backslash', `${APP}\\`, { words: 'contains a backslash, which browsers read in different ways.' }),
  of('fragment', `${APP}#`, { words: NO_FRAGMENT }),
  of('not-absolute', '/cb', { words: NOT_ABSOLUTE }),
  of('credentials', 'https://ana@app.example.com/', { words: NO_CREDENTIALS }),
  of('http', 'http://app.example.com/cb', { words: NO_HTTP }),
  of('scheme', 'ftp://a.example/', { words: 'uses the scheme "ftp:"; use https.', scheme: 'ftp:' }),
  { ...of('private-use-scheme', 'app:/cb', { words: NO_DOT, scheme: 'app:' }), kind: 'spa' },
  of('not-normal', 'https://APP.example.com/cb', { words: NOT_NORMAL, normal: APP }),
  of('answer-parameter', `${APP}?a=1&State=1`, { words: NO_PARAMETER, parameter: 'State' }),
  of('own-host', 'https://acme.my.fluxo.example/', { words: NO_SELF }),
];

describe('a refusal of redirect URLs', () => {
  it.each(CASES)('is $reason: says it in English, and what others need to say it', (one) => {
    const { redirectUrls, kind = 'web', ...refusal } = one;
    expect(refusalOf({ kind, name: 'Reports', redirectUrls })).toEqual({
      ...{ name: 'RedirectUrlError', field: 'url' in one.values ? 'redirectUrl.0' : 'redirectUrl' },
      ...refusal,
    });
  });

  it('is none where nothing is wrong', () => {
    expect(refusalOf({ kind: 'web', name: 'Reports', redirectUrls: [APP] })).toBeUndefined();
  });

  it('has a case here for every name', () => {
    expect(CASES.map(({ reason }) => reason)).toEqual([...REDIRECT_URL_REFUSALS]);
  });
});

function refusalOf(input: ApplicationInput): Readonly<Record<string, unknown>> | undefined {
  try {
    checkApplication(input, (url) => url.hostname.endsWith('.fluxo.example'));
    return undefined;
  } catch (error) {
    if (!(error instanceof RedirectUrlError)) throw error;
    const { name, field, reason, message, values } = error;
    return { name, field, reason, message, values };
  }
}
