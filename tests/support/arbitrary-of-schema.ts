import fc, { type Arbitrary } from 'fast-check';

/** JSON Schema as the document has it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly minLength?: number;
}

/** What people and programs send, and what nobody should: all of it must be answered. */
const TEXTS = fc.oneof(
  fc.constantFrom(
    'Planner',
    'ana@acme.example',
    'https://app.example/cb',
    'com.example.app:/cb',
    '#0a6352',
    'sb03',
  ),
  fc.constantFrom(
    '',
    ' ',
    '\u202e',
    '\0',
    '\ud800',
    '%',
    "'; DROP TABLE users; --",
    '../..',
    '-----BEGIN PUBLIC KEY-----',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ minLength: 3000, maxLength: 3100 }),
);

const NUMBERS = fc.oneof(
  fc.integer({ min: 1, max: 2000 }),
  fc.integer(),
  fc.constantFrom(0, -1, 2 ** 53, 1e300),
);

/** A value as the schema says; with `wrong`, now and then one that it doesn't allow. */
export function arbitraryOf(schema: JsonSchema, wrong: Arbitrary<unknown> | undefined): Arbitrary<unknown> {
  const right = rightFor(schema, wrong);
  return wrong === undefined
    ? right
    : fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

export const JUNK: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 7, -0.5, '', [], {}, [null], { surprise: 1 }, '__proto__'),
  fc.json().map((text) => JSON.parse(text) as unknown),
);

function rightFor(schema: JsonSchema, wrong: Arbitrary<unknown> | undefined): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, wrong)));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return NUMBERS;
    case 'array': {
      const { items = {}, minItems = 0 } = schema;
      return fc.array(arbitraryOf(items, wrong), { minLength: minItems, maxLength: minItems + 3 });
    }
    case 'object':
      return objectFor(schema, wrong);
    case 'string':
      if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
      if (schema.format === 'date-time')
        return fc.constantFrom('2026-01-01T00:00:00Z', '2026-11-27T10:00:00.5+02:00');
      return TEXTS;
    default:
      return JUNK;
  }
}

function objectFor({ properties = {}, required = [] }: JsonSchema, wrong: Arbitrary<unknown> | undefined) {
  const members = Object.entries(properties).map(
    ([name, schema]) => [name, arbitraryOf(schema, wrong)] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
}
