import { REDIRECT_URL_REFUSALS } from '@fluxo/core';
import { Type, type TProperties, type TSchema } from 'typebox';

const ID_PATTERN = '^[0-9a-f]{32}$';

export const Id = (description: string) => Type.String({ pattern: ID_PATTERN, description });
export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
export const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' });
export const Revision = Type.Integer({ minimum: 1, description: 'Raised by each change; the ETag.' });
/** Longer than any of them may be: what is too long is told by the rules of the domain. */
export const Text = (description: string) => Type.String({ maxLength: 4000, description });

/** Its title becomes the name of the schema in the document. What it doesn't name is refused. */
export const Named = <Properties extends TProperties>(title: string, properties: Properties) =>
  Type.Object(properties, { title, additionalProperties: false });

export const PageOf = <Item extends TSchema>(item: Item) =>
  Type.Object(
    { items: Type.Array(item), next_cursor: Nullable(Type.String()) },
    { additionalProperties: false },
  );

const PAGE = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
  cursor: Type.Optional(Type.String({ maxLength: 8192, description: 'next_cursor of the page before' })),
};

export const Query = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });
export const PageQuery = <Properties extends TProperties>(filter: Properties) =>
  Query({ ...PAGE, ...filter });

export const Search = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, description: 'part of a name, or a whole identifier' }),
);
export const StateFilter = Type.Optional(Type.Union([Type.Literal('enabled'), Type.Literal('disabled')]));

export const Nothing = Type.Null({ description: 'Done; nothing to say.' });

export const RedirectUrlReason = Type.Enum(REDIRECT_URL_REFUSALS, {
  type: 'string',
  description: 'stable; more may be added',
});
export const RedirectUrlValues = Type.Object(
  {
    url: Type.Optional(Type.String({ description: 'the refused URL, or its beginning' })),
    normal: Type.Optional(Type.String({ description: 'not-normal: what to write instead' })),
    parameter: Type.Optional(Type.String({ description: 'answer-parameter: the name in the query' })),
    scheme: Type.Optional(Type.String({ description: 'scheme, private-use-scheme: with its colon' })),
    most: Type.Optional(Type.Integer({ description: 'too-long, too-many: how much is taken' })),
  },
  { description: 'what a sentence of your own about the reason needs' },
);

const FieldFault = Type.Object({
  field: Type.String(),
  detail: Type.String(),
  reason: Type.Optional(RedirectUrlReason),
  values: Type.Optional(RedirectUrlValues),
});

const Problem = Named('Problem', {
  type: Type.String({ description: 'urn:fluxo:problem:<name>; stable' }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  detail: Type.String({ description: 'for people: what was wrong and what to do' }),
  request_id: Type.String({ description: 'the log has it too' }),
  errors: Type.Optional(Type.Array(FieldFault)),
});

/** Every operation may answer so (RFC 9457). */
export const PROBLEM_RESPONSE = {
  description: 'Refused; says why',
  content: { 'application/problem+json': { schema: Problem } },
};

export const Person = Named('Person', {
  wid: Id('the user'),
  username: Type.String(),
  name: Type.String(),
});
