import { optionsFromEnvironment, SettingError } from './environment.js';
import { startThirdPartyApp, type ThirdPartyApp } from './third-party-app.js';

try {
  const app = await startThirdPartyApp(optionsFromEnvironment(process.env));
  process.stdout.write(`Lapis is at ${app.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(app));
} catch (error) {
  // A setting's message is enough; of anything else, where it came from.
  const told = error instanceof SettingError || !(error instanceof Error) ? String(error) : error.stack;
  process.stderr.write(`${told ?? ''}\n`);
  process.exitCode = 1;
}

async function stop(app: ThirdPartyApp): Promise<void> {
  await app.close();
  process.exit(0);
}
