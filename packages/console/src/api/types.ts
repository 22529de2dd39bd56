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
export type Secret = Schemas['Secret'];
export type Key = Schemas['Key'];
export type Connection = Schemas['Connection'];
export type ActivityEvent = Schemas['ActivityEvent'];
export type User = Schemas['User'];
export type NewUser = Schemas['NewUser'];
export type UserPatch = Schemas['UserChange'];
export type UserConnection = Schemas['UserConnection'];
export type Environment = Schemas['Environment'];
export type EnvironmentPatch = Schemas['EnvironmentChange'];
export type IdentityProvider = Schemas['IdentityProvider'];
export type NewIdentityProvider = Schemas['NewIdentityProvider'];
export type IdentityProviderPatch = Schemas['IdentityProviderChange'];
export type Lane = Schemas['Lane'];
export type ComparedApplication = Schemas['ComparedApplication'];
export type CopiedApplication = Schemas['CopiedApplication'];
export type Person = Schemas['Person'];
export type LastTest = Schemas['LastTest'];
export type RedirectUrlReason = NonNullable<Schemas['RedirectUrlVerdict']['reason']>;
export type FieldFault = NonNullable<Schemas['Problem']['errors']>[number];
