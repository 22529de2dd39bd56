import type { components } from './schema.js';

/** The API's own names for what it gives and takes. */
export type Schemas = components['schemas'];

export type Application = Schemas['Application'];
export type ApplicationItem = Schemas['ApplicationItem'];
export type ApplicationChange = Schemas['ApplicationChange'];
export type NewApplication = Schemas['NewApplication'];
export type RegisteredApplication = Schemas['RegisteredApplication'];
export type Kind = Application['kind'];
export type Me = Schemas['Me'];
export type Person = Schemas['Person'];
export type Secret = Schemas['Secret'];
export type Key = Schemas['Key'];
export type Connection = Schemas['Connection'];
