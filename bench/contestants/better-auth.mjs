// better-auth as its documentation sets it up: its OAuth provider on SQLite through better-sqlite3, opaque access tokens.
// WAL, which makes its commits cheaper, is ours; the limit of requests for one address is off.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import SqliteDatabase from 'better-sqlite3';

const [count = '32'] = process.argv.slice(2);
const DAY_MS = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'fluxo-bench-better-auth-'));
const database = new SqliteDatabase(join(folder, 'sqlite.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');

const options = {
  database,
  baseURL: 'http://127.0.0.1:3000',
  secret: randomBytes(32).toString('hex'),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
  plugins: [
    jwt(),
    oauthProvider({ loginPage: '/sign-in', consentPage: '/consent', scopes: ['offline_access'] }),
  ],
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
const { adapter } = await auth.$context;

/** As it keeps secrets and tokens. */
const hashOf = (text) => createHash('sha256').update(text).digest('base64url');
const now = new Date();
const user = await adapter.create({
  model: 'user',
  data: { name: 'Ana', email: 'ana@acme.example', emailVerified: true, createdAt: now, updatedAt: now },
});
await adapter.create({
  model: 'oauthClient',
  data: {
    ...{ clientId: 'bench', clientSecret: hashOf('bench-secret'), name: 'Reports', disabled: false },
    ...{
      redirectUris: ['https://reports.example/callback'],
      scopes: ['offline_access'],
      type: 'web',
      public: false,
    },
    ...{ grantTypes: ['authorization_code', 'refresh_token'], tokenEndpointAuthMethod: 'client_secret_post' },
    ...{ createdAt: now, updatedAt: now },
  },
});
const tokens = Array.from({ length: Number(count) }, () => randomBytes(24).toString('base64url'));
for (const token of tokens) {
  await adapter.create({
    model: 'oauthRefreshToken',
    data: {
      ...{ token: hashOf(token), clientId: 'bench', userId: user.id, scopes: ['offline_access'] },
      ...{ createdAt: now, expiresAt: new Date(now.getTime() + 30 * DAY_MS) },
    },
  });
}

const server = createServer(toNodeHandler(auth));
server.listen(0, '127.0.0.1', () =>
  process.send({
    port: server.address().port,
    tokens,
    body: 'client_id=bench&client_secret=bench-secret',
  }),
);
const end = () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
};
process.on('disconnect', end);
process.on('SIGTERM', end);
