import type { components } from './schema.js';

/** The API's own names for what it gives and takes. */
export type Schemas = components['schemas'];

export type Application = Schemas['Application'];
export type ApplicationItem = Schemas['ApplicationItem'];
export type ApplicationPatch = Schemas['ApplicationPatch'];
export type NewApplication = Schemas['NewApplication'];
export type CreatedApplication = Schemas['CreatedApplication'];
export type Kind = Schemas['Kind'];
export type Me = Schemas['Me'];
export type Secret = Schemas['Secret'];
export type Key = Schemas['Key'];
export type Connection = Schemas['Connection'];
