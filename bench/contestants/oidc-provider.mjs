// oidc-provider in memory and at its fastest: opaque tokens, no ID token, no rotation. `as-it-comes`: with its own storage.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { CLIENT, findAccount } from './oidc-client.mjs';
import { Memory } from './oidc-memory.mjs';

const [count = '32', storage = 'map'] = process.argv.slice(2);
const provider = new Provider('http://127.0.0.1', {
  clients: [CLIENT],
  ...(storage === 'as-it-comes' ? {} : { adapter: Memory }),
  scopes: ['offline_access', 'api'],
  findAccount,
  rotateRefreshToken: false,
  features: { devInteractions: { enabled: false }, introspection: { enabled: true } },
});

const client = await provider.Client.find('bench');
const tokens = [];
for (let index = 0; index < Number(count); index += 1) {
  const accountId = `account-${index}`;
  const grant = new provider.Grant({ accountId, clientId: 'bench' });
  grant.addOIDCScope('api offline_access');
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    ...{ client, accountId, grantId, scope: 'api offline_access' },
    gty: 'authorization_code',
  });
  tokens.push(await token.save());
}
const server = createServer(provider.callback());
server.listen(0, '127.0.0.1', () =>
  process.send({ port: server.address().port, tokens, body: `client_id=bench&client_secret=bench-secret` }),
);
process.on('disconnect', () => process.exit());
