import { existsSync, mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PASSWORD, DEMO_USERS } from './demo-data.js';
import { startDemo, type Demo } from './demo-server.js';

const DEFAULT_APP_PORT = 4000;
/** The company's identity provider is that much above the app. */
const COMPANY_PORT_STEP = 10;

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function describe({ thirdPartyApp, origin, config, company }: Demo): readonly string[] {
  const [user, administrator] = DEMO_USERS;
  const preview = new URL(origin);
  preview.hostname = 'acme.preview.localhost';
  return [
    '',
    `  Open the third-party app   ${thirdPartyApp.url}`,
    `  Sign in with               ${user.username} / ${DEMO_PASSWORD}   (administrator: ${administrator.username}, same password)`,
    ...(company === undefined
      ? []
      : [
          '  Or by single sign-on       choose “Connect by your company’s own sign-in” there, and press a name',
        ]),
    '',
    `  Fluxo                      ${origin}   (environment acme.my)`,
    `  Connected applications     ${origin}/account`,
    `  Administrators’ console    ${origin}/console   (sign in as ${administrator.username})`,
    `  Their API                  ${origin}/api/v1/docs`,
    `  The test copy              ${preview.origin}   (environment acme.preview)`,
    ...(company === undefined
      ? []
      : [
          `  With single sign-on        ${company.origin}   (environment borealis.my, its provider: ${company.identityProvider.url})`,
        ]),
    `  Server metadata            ${origin}/.well-known/oauth-authorization-server`,
    `  E-mail goes into           ${join(config.data, 'mailbox')}`,
    `  Log                        ${join(config.data, 'fluxo.log')}`,
    '',
    '  Ctrl+C stops both. Data stays, so the next start finds it.',
    '',
  ];
}

/** Tells of each message that comes, because nobody looks into a folder unasked. */
function tellOfMail(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const told = new Set<string>();
  const watcher = watch(folder, (_event, name) => {
    if (name?.endsWith('.eml') !== true || told.has(name) || !existsSync(join(folder, name))) return;
    told.add(name);
    print([`  E-mail                     ${join(folder, name)}`]);
  });
  return () => watcher.close();
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'The demo could not start.';
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Stop what runs there, or choose others: PORT=3001 FLUXO_DEMO_APP_PORT=4001 npm start`;
  }
  return error.message;
}

async function main(): Promise<void> {
  const thirdPartyPort = Number(process.env['FLUXO_DEMO_APP_PORT'] ?? DEFAULT_APP_PORT);
  const companyPort = Number(process.env['FLUXO_DEMO_PROVIDER_PORT'] ?? thirdPartyPort + COMPANY_PORT_STEP);
  const demo = await startDemo({ settings: process.env, thirdPartyPort, companyPort });
  print(describe(demo));
  const stopTelling = tellOfMail(join(demo.config.data, 'mailbox'));
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    stopTelling();
    void demo.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
