// @node-oauth/oauth2-server is a library without a store: its model here is a Map, its HTTP is Node's own.
import { createServer } from 'node:http';
import OAuth2Server from '@node-oauth/oauth2-server';

const [count = '32'] = process.argv.slice(2);
const client = { id: 'bench', grants: ['refresh_token'] };
const refreshTokens = new Map();
const accessTokens = new Map();
const model = {
  getClient: (id, secret) => (id === 'bench' && secret === 'bench-secret' ? client : undefined),
  getRefreshToken: (token) => refreshTokens.get(token),
  getAccessToken: (token) => accessTokens.get(token),
  revokeToken: ({ refreshToken }) => refreshTokens.delete(refreshToken),
  saveToken: (token, owner, user) => {
    const saved = { ...token, client: owner, user };
    refreshTokens.set(token.refreshToken, saved);
    accessTokens.set(token.accessToken, saved);
    return saved;
  },
};
const oauth = new OAuth2Server({ model });
const tokens = Array.from({ length: Number(count) }, (_, index) => `${index}`.padStart(40, '0'));
for (const refreshToken of tokens) {
  const refreshTokenExpiresAt = new Date(Date.now() + 86_400_000);
  refreshTokens.set(refreshToken, { refreshToken, refreshTokenExpiresAt, client, user: { id: 'ana' } });
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const body = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const { headers, method } = request;
    const answer = new OAuth2Server.Response({});
    try {
      await oauth.token(new OAuth2Server.Request({ headers, method, query: {}, body }), answer);
    } catch (error) {
      answer.status = error.code ?? 500;
    }
    const text = JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      ...answer.headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () =>
  process.send({ port: server.address().port, tokens, body: 'client_id=bench&client_secret=bench-secret' }),
);
process.on('disconnect', () => process.exit());
