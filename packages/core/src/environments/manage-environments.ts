import { ConflictError } from '../errors/refusals.js';
import { newOpaqueId, type Essentials } from '../essentials.js';
import type { EnvironmentId } from '../ids.js';
import { checkText } from '../text.js';
import {
  checkEnvironmentSettings,
  DEFAULT_ENVIRONMENT_SETTINGS,
  type Environment,
  type EnvironmentName,
  type EnvironmentSettings,
} from './environment.js';
import type { EnvironmentStore } from './environment-store.js';

export interface NewEnvironment extends EnvironmentName {
  readonly name: string;
}

/** @throws InputError when the name is taken or not allowed */
export async function createEnvironment(
  input: NewEnvironment,
  store: EnvironmentStore,
  essentials: Essentials,
): Promise<Environment> {
  const environment: Environment = {
    id: newOpaqueId<EnvironmentId>(essentials.random),
    domain: input.domain,
    lane: input.lane,
    name: checkText('name', input.name, { max: 100 }),
    settings: DEFAULT_ENVIRONMENT_SETTINGS,
    logoVersion: null,
    createdAt: essentials.clock.real(),
  };
  if ((await store.create(environment)) === 'name-taken') {
    throw new ConflictError('environment', `${input.domain}.${input.lane} exists already.`);
  }
  return environment;
}

export interface EnvironmentChange {
  readonly name?: string;
  readonly settings?: Partial<EnvironmentSettings>;
}

/** What is to be written. @throws InputError when a value is out of its bounds */
export function checkEnvironmentChange(
  { settings }: Environment,
  change: EnvironmentChange,
): Partial<Pick<Environment, 'name' | 'settings'>> {
  return {
    ...(change.name === undefined ? {} : { name: checkText('name', change.name, { max: 100 }) }),
    settings: checkEnvironmentSettings({ ...settings, ...change.settings }),
  };
}
