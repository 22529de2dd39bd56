import { Type } from 'typebox';
import { Id, Named, Nullable, Person, Revision, Text, Time } from './common.schema.js';

const NAME = {
  domain: Type.String(),
  lane: Type.String({ description: 'my is production; preview, sb01, sb02 are for trying things' }),
  name: Text('what people read on the pages'),
  origin: Type.String({ description: 'the one address of its pages' }),
};

export const Me = Named('Me', {
  user: Person,
  environment: Named('EnvironmentName', { id: Id('the environment'), ...NAME }),
  csrf_token: Nullable(Type.String({ description: 'for X-CSRF-Token; null for a script' })),
  version: Type.String({ description: 'of the server' }),
});

const SETTINGS = {
  name: NAME.name,
  session_idle_timeout_minutes: Type.Integer({ description: '15 to 10080' }),
  session_total_age_minutes: Type.Integer({ description: 'the idle timeout to 129600' }),
  session_id_in_query: Type.Boolean({ description: 'whether ?sessionID= is accepted at the API' }),
  single_sign_on: Type.Union([Type.Literal('off'), Type.Literal('offered'), Type.Literal('required')]),
  administrators_exempt: Type.Boolean({
    description: 'their password counts although single sign-on is required',
  }),
  second_factor: Type.Union([Type.Literal('optional'), Type.Literal('required')]),
  max_applications: Type.Integer({ description: '1 to 1000' }),
};
const AccentColor = Nullable(Type.String({ maxLength: 50, description: '#rrggbb; null: Fluxo’s' }));

export const EnvironmentSettings = Named('Environment', {
  id: Id('the environment'),
  ...NAME,
  ...SETTINGS,
  appearance: Named('Appearance', {
    accent_color: AccentColor,
    logo_url: Nullable(Type.String({ description: 'a path on this origin' })),
  }),
  created_at: Time,
  revision: Revision,
});
export const EnvironmentChange = Named('EnvironmentChange', {
  ...Type.Partial(Type.Object(SETTINGS)).properties,
  appearance: Type.Optional(
    Type.Object({ accent_color: Type.Optional(AccentColor) }, { additionalProperties: false }),
  ),
});

export const NewEnvironment = Named('NewEnvironment', {
  domain: Type.String({ maxLength: 200 }),
  lane: Type.String({ maxLength: 50 }),
  name: NAME.name,
  administrator: Named('FirstAdministrator', {
    username: Text('how they sign in'),
    name: Text('what people read'),
    email: Type.Optional(Nullable(Text('where messages go'))),
  }),
});
const OPERATED = { id: Id('the environment'), ...NAME, created_at: Time };
export const OperatedEnvironment = Named('OperatedEnvironment', OPERATED);
export const FoundedEnvironment = Named('FoundedEnvironment', {
  ...OPERATED,
  link: Type.String({ description: 'by which the administrator chooses a password; shown once' }),
});
