import { Type } from 'typebox';
import { Id, Named, Nullable, Person, Revision, Text, Time } from './common.schema.js';

const SETTINGS = {
  name: Text('what people read on the pages'),
  email: Nullable(Text('where messages go; null: to the username, where it is an address')),
  administrator: Type.Boolean(),
  only_single_sign_on: Type.Boolean({ description: 'signs in at an identity provider only' }),
};
const FULL = {
  ...Person.properties,
  ...SETTINGS,
  enabled: Type.Boolean(),
  second_factor: Type.Boolean(),
  connected_applications: Type.Integer({ minimum: 0 }),
  created_at: Time,
  last_active_at: Time,
  revision: Revision,
};
const Password = Type.String({ maxLength: 2000, description: 'at least 8 characters; never given back' });

export const User = Named('User', FULL);
const Link = Nullable(Type.String({ description: 'only where no mail can go out: hand it over yourself' }));
export const CreatedUser = Named('CreatedUser', { ...FULL, link: Link });
export const NewUser = Named('NewUser', {
  username: Text('how the person signs in'),
  name: SETTINGS.name,
  email: Type.Optional(SETTINGS.email),
  administrator: Type.Optional(SETTINGS.administrator),
  only_single_sign_on: Type.Optional(SETTINGS.only_single_sign_on),
  password: Type.Optional(Password),
  invite: Type.Optional(Type.Boolean({ description: 'without a password: a link to choose one goes out' })),
});
export const UserChange = Named('UserChange', {
  ...Type.Partial(Type.Object(SETTINGS)).properties,
  password: Type.Optional(Password),
  enabled: Type.Optional(Type.Boolean({ description: 'false ends everything of the user at once' })),
});
export const PasswordLink = Named('PasswordLink', {
  sent_to: Nullable(Type.String()),
  link: Link,
});
export const UserConnection = Named('UserConnection', {
  consent_id: Id('the consent'),
  application: Named('ConnectedApplication', {
    client_id: Id('the application'),
    name: Type.String(),
    logo_url: Nullable(Type.String()),
  }),
  connected_at: Time,
  last_used_at: Nullable(Time),
});
