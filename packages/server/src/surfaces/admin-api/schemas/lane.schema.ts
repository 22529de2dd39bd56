import { Type } from 'typebox';
import { Kind } from './application.schema.js';
import { Id, Named, Nullable } from './common.schema.js';

export const Lane = Named('Lane', {
  lane: Type.String(),
  environment_id: Id('the environment'),
  name: Type.String(),
  origin: Type.String(),
  current: Type.Boolean({ description: 'the one that you ask' }),
  applications: Type.Integer({ minimum: 0 }),
});
export const NewLane = Named('NewLane', { lane: Type.String({ maxLength: 50 }) });
export const CreatedLane = Named('CreatedLane', {
  lane: Type.String(),
  origin: Type.String(),
  link: Type.String({ description: 'by which you choose a password there; shown once' }),
});
const Anything = Type.Unknown({ description: 'as the application’s member is' });
export const ComparedApplication = Named('ComparedApplication', {
  client_id: Id('the application here'),
  name: Type.String(),
  kind: Kind,
  state: Type.Union([Type.Literal('missing'), Type.Literal('same'), Type.Literal('different')]),
  differences: Type.Array(Type.Object({ field: Type.String(), here: Anything, there: Anything })),
});
export const CopyRequest = Named('CopyRequest', {
  client_ids: Type.Array(Id('an application of here'), { minItems: 1, maxItems: 100, uniqueItems: true }),
});
export const Copied = Named('Copied', {
  copied: Type.Array(
    Named('CopiedApplication', {
      client_id: Id('the application here'),
      target_client_id: Id('the application there'),
      name: Type.String(),
      client_secret: Nullable(Type.String({ description: 'of a new one, shown once' })),
      action: Type.Union([Type.Literal('created'), Type.Literal('updated'), Type.Literal('unchanged')]),
    }),
  ),
});
