import { randomBytes } from 'node:crypto';
import { AuthorizationCode, type ModuleOptions } from 'simple-oauth2';
import type { Connection } from '../walk.js';

export async function walkSimpleOauth2(
  connection: Connection,
  options: NonNullable<ModuleOptions['options']>,
): Promise<void> {
  const { origin, endpoints, clientId, clientSecret = '', redirectUri, api, diary } = connection;
  const client = new AuthorizationCode({
    client: { id: clientId, secret: clientSecret },
    auth: {
      tokenHost: origin,
      authorizePath: new URL(endpoints.authorize).pathname,
      tokenPath: new URL(endpoints.token).pathname,
      revokePath: new URL(endpoints.revoke).pathname,
    },
    options,
  });
  const state = randomBytes(16).toString('hex');
  const callback = await connection.visit(client.authorizeURL({ redirect_uri: redirectUri, state }));
  if (callback.searchParams.get('state') !== state) throw new Error('Another state came back.');
  const call = async (token: { readonly access_token?: unknown }): Promise<number> => {
    const headers = { sessionID: String(token.access_token) };
    return (await fetch(api, { headers })).status;
  };

  const code = callback.searchParams.get('code') ?? '';
  const exchanged = await client.getToken({ code, redirect_uri: redirectUri });
  diary.tokens(exchanged.token);
  diary.called(await call(exchanged.token));
  const first = await exchanged.refresh();
  diary.tokens(first.token);
  // As an application does that kept the token in its database in between.
  const second = await client.createToken(first.token).refresh();
  diary.tokens(second.token);
  diary.called(await call(second.token));

  // Both tokens, one after the other. It reads JSON, and would stop between the two at an answer that is none.
  await second.revokeAll();
  diary.revoked();
  diary.called(await call(second.token));
  await second.refresh().catch((error: unknown) => diary.refused(errorOf(error)));
}

/** The library throws its HTTP library's error, with the answer inside. */
function errorOf(error: unknown): unknown {
  const { data } = error as { readonly data?: { readonly payload?: { readonly error?: unknown } } };
  return data?.payload?.error ?? error;
}
