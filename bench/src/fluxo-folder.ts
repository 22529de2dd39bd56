import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillGrants, type Parties } from './fill-grants.js';

/** What npm links and users start. */
export const LAUNCHER = fileURLToPath(new URL('../../packages/server/bin/fluxo.js', import.meta.url));
const REDIRECT_URL = 'https://reports.example/callback';

export interface FluxoFolder extends Parties {
  readonly data: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Some of the grants' refresh tokens, spread over all of them. */
  readonly tokens: readonly string[];
  remove(): void;
}

/** A database with one environment, made by the command line as an operator would, and many grants. */
export function makeFluxoFolder(grants: number, tokens: number): FluxoFolder {
  const folder = mkdtempSync(join(tmpdir(), 'fluxo-bench-'));
  const data = join(folder, 'data');
  const key = randomBytes(32);
  const env = { ...withoutFluxo(process.env), FLUXO_SECRET_KEYS: key.toString('hex') };
  const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}): Record<string, string> => {
    const command = [LAUNCHER, ...args, '--data', data, '--json'];
    const output = execFileSync(process.execPath, command, { env: { ...env, ...more }, encoding: 'utf8' });
    return JSON.parse(output) as Record<string, string>;
  };
  run(['environment', 'create', 'acme.my', '--name', 'Acme']);
  const user = run(['user', 'create', 'acme.my', 'ana', '--name', 'Ana'], {
    FLUXO_PASSWORD: 'correct-horse-battery',
  });
  const application = run([
    ...['application', 'create', 'acme.my', '--kind', 'web', '--name', 'Reports'],
    ...['--redirect-url', REDIRECT_URL, '--refresh-rotation', 'on'],
  ]);
  const clientId = application['client_id'] ?? '';
  const parties = { userId: user['wid'] ?? '', applicationId: clientId, redirectUri: REDIRECT_URL, key };
  return {
    ...{ data, env, clientId, clientSecret: application['client_secret'] ?? '', ...parties },
    tokens: fillGrants(join(data, 'fluxo.sqlite'), parties, { grants, tokens }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Settings of the machine must not reach the process. */
function withoutFluxo(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:FLUXO_.*|PORT|HOST|NODE_OPTIONS)$/.test(name)),
  );
}
