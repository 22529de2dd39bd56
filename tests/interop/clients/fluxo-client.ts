import {
  createFluxoClient,
  FluxoError,
  MemoryTokenStore,
  type Tokens,
} from '../../../packages/client/src/index.js';
import type { Connection, Family } from '../walk.js';

export async function walkFluxoClient(connection: Connection, family: Family): Promise<void> {
  const { origin, clientId, clientSecret, redirectUri, api, diary } = connection;
  const tokenStore = new MemoryTokenStore();
  const options = { origin, clientId, clientSecret, redirectUri, endpoints: family };
  const fluxo = createFluxoClient({ ...options, tokenStore });

  const { url, pending } = await fluxo.beginAuthorization();
  await fluxo.completeAuthorization(await connection.visit(url), pending);
  // This client doesn't look at token_type: it sends the session in its own header.
  const token_type = family === 'standard' ? 'Bearer' : 'sessionID';
  const note = (tokens: Tokens | undefined): void => {
    diary.tokens({ token_type, access_token: tokens?.accessToken, refresh_token: tokens?.refreshToken });
  };

  note(await tokenStore.load());
  diary.called((await fluxo.fetch(api)).status);
  note(await fluxo.refresh());
  note(await fluxo.refresh());
  diary.called((await fluxo.fetch(api)).status);

  const last = await tokenStore.load();
  await fluxo.revoke();
  diary.revoked();
  // It forgot the tokens, so that only somebody who kept them can try.
  const headers = { sessionID: last?.accessToken ?? '' };
  diary.called((await fetch(api, { headers })).status);
  if (last !== undefined) await tokenStore.save(last);
  await fluxo.refresh().catch((error: unknown) => {
    diary.refused(error instanceof FluxoError ? error.error : error);
  });
}
