import { join } from 'node:path';
import type { ThirdPartyAppOptions } from './third-party-app.js';

/** A setting is missing or can't be used; the message is for the person who starts the program. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the options of Lapis from environment variables. */
export function optionsFromEnvironment(environment: Environment): ThirdPartyAppOptions {
  return {
    fluxoOrigin: origin(required(environment, 'FLUXO_ORIGIN', 'the address of Fluxo, http://localhost:3000')),
    clientId: required(environment, 'FLUXO_CLIENT_ID', 'the client_id that Fluxo gave this application'),
    clientSecret: required(environment, 'FLUXO_CLIENT_SECRET', 'the client_secret that Fluxo showed once'),
    port: port(environment['PORT'] || '4000'),
    host: environment['HOST'] || '127.0.0.1',
    dataDir: environment['APP_DATA'] || join(process.cwd(), 'data'),
  };
}

function required(environment: Environment, name: string, meaning: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new SettingError(`${name} is not set. It is ${meaning}.`);
  return value;
}

function origin(value: string): string {
  if (URL.canParse(value) && `${new URL(value).origin}/` === new URL(value).href)
    return new URL(value).origin;
  throw new SettingError(
    'FLUXO_ORIGIN must be a scheme, a host and a port alone, like http://localhost:3000.',
  );
}

function port(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new SettingError('PORT must be a number from 0 to 65535.');
}
