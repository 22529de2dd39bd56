import { Type } from 'typebox';
import { Id, Named, Nullable, Search, Time } from './common.schema.js';

const Somebody = Type.Object({
  wid: Id('the user'),
  username: Nullable(Type.String({ description: 'null once deleted' })),
  name: Nullable(Type.String()),
});
export const ActivityEvent = Named('ActivityEvent', {
  id: Id('the event'),
  at: Time,
  type: Type.String({ description: 'as user.signed-in' }),
  user: Nullable(Somebody),
  actor: Nullable(Somebody),
  via: Nullable(
    Type.Union(
      [
        ...([Type.Literal('page'), Type.Literal('api'), Type.Literal('cli')] as const),
        ...([Type.Literal('operator'), Type.Literal('protocol')] as const),
      ],
      { description: 'by which way' },
    ),
  ),
  application: Nullable(Type.Object({ client_id: Id('the application'), name: Nullable(Type.String()) })),
  grant_id: Nullable(Id('the grant')),
  evidence: Nullable(
    Type.Object({
      check: Type.String(),
      expected: Nullable(Type.String()),
      received: Nullable(Type.String()),
    }),
  ),
  detail: Nullable(Type.String()),
  omitted: Nullable(Type.Integer({ description: 'so many more of its kind came in the same minute' })),
  sealed: Type.Boolean({ description: 'whether a seal covers it already' }),
});

const Moment = Type.Optional(Type.String({ format: 'date-time' }));
export const ACTIVITY_FILTER = {
  q: Search,
  type: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      maxItems: 20,
      description: 'may be repeated; one that ends in a dot stands for all that begin so',
    }),
  ),
  wid: Type.Optional(Id('whom it is about, or who did it')),
  client_id: Type.Optional(Id('the application')),
  from: Moment,
  to: Moment,
};
export const Seal = Named('Seal', {
  checked: Type.Integer({ minimum: 0, description: 'events under seals that were looked at' }),
  sealed_until: Nullable(Time),
  intact: Type.Boolean(),
  first_broken: Nullable(Type.String({ description: 'the first thing that is not as it was sealed' })),
});
