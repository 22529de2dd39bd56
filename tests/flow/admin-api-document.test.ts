import { createOperatorKey } from '@fluxo/core';
import fc from 'fast-check';
import Schema from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdminClient, problemOf, withJson } from '../support/admin-client.js';
import { furnishAdmin, pathWith, type Artefacts } from '../support/admin-operations.js';
import { arbitraryOf, JUNK, type JsonSchema } from '../support/arbitrary-of-schema.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { HttpAnswer, HttpCall, TestTenant } from '../support/tenant.js';

type Responses = Readonly<
  Record<string, { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }>
>;

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Responses;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** Calls of each operation; a fault that one in a hundred finds is found in some days. */
const RUNS = Number(process.env['FLUXO_TEST_RUNS'] ?? 15);

let fluxo: TestFluxo;
let acme: TestTenant;
let admin: AdminClient;
let artefacts: Artefacts;
let document: Document;
let operatorKey: string;

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme', 'my', { maxApplications: 1000 });
  await acme.user('root', { administrator: true });
  admin = await AdminClient.signIn(acme, 'root');
  artefacts = await furnishAdmin(acme, admin);
  document = resolved(JSON.parse((await acme.send({ path: '/api/v1/openapi.json' })).body) as Document);
  const { storage, essentials } = fluxo.server.services;
  operatorKey = (await createOperatorKey(null, { store: storage.operatorKeys, essentials })).text;
});
afterAll(() => fluxo.close());

/** With each reference replaced by what it names. */
function resolved(raw: Document): Document {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as JsonSchema;
    if ($ref !== undefined) return walk(raw.components.schemas[$ref.split('/').at(-1) ?? '']);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]));
  };
  return walk(raw) as Document;
}

function operations(): readonly (readonly [path: string, method: string, operation: Operation])[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [path, method.toUpperCase(), operation] as const),
  );
}

/** What the document promises of an answer of that status and type; undefined where it promises none. */
function promisedSchema({ responses }: Operation, { status, headers }: HttpAnswer): JsonSchema | undefined {
  const type = (headers['content-type'] ?? '').split(';', 1)[0] ?? '';
  return (responses[String(status)] ?? responses['default'])?.content?.[type]?.schema;
}

function expectAsPromised(operation: Operation, answer: HttpAnswer): void {
  const { operationId: id } = operation;
  expect([id, answer.body, answer.status < 500]).toEqual([id, answer.body, true]);
  if (answer.status === 204) return;
  const schema = promisedSchema(operation, answer);
  expect([id, answer.status, schema === undefined, answer.headers['content-type']]).toEqual([
    ...[id, answer.status, false],
    answer.headers['content-type'],
  ]);
  const isJson = /json/.test(answer.headers['content-type'] ?? '');
  const value: unknown = isJson ? JSON.parse(answer.body) : answer.body;
  const [, errors] = Schema.Errors(schema as never, value);
  expect([id, answer.status, errors]).toEqual([id, answer.status, []]);
}

const CONDITIONS = fc.constantFrom('*', '"1"', '"2"', '"99"', 'W/"1"', 'x', '', undefined);

function callsOf(path: string, method: string, operation: Operation): fc.Arbitrary<HttpCall> {
  const { parameters = [], requestBody, security } = operation;
  const inPath = parameters.filter((one) => one.in === 'path');
  const known = fc.constant(artefacts);
  // Not the environment in which all this happens.
  const strange = fc.record(
    Object.fromEntries(inPath.map(({ name, schema }) => [name, arbitraryOf(schema, undefined)])),
  );
  const names =
    security === undefined
      ? fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: strange })
      : strange;
  const queried = parameters.filter((one) => one.in === 'query');
  const query = fc.record(
    Object.fromEntries(queried.map(({ name, schema }) => [name, arbitraryOf(schema, JUNK)])),
    { requiredKeys: [] },
  );
  const schema = requestBody?.content['application/json']?.schema;
  const body = schema === undefined ? fc.constant(undefined) : arbitraryOf(schema, JUNK);
  return fc
    .record({ names, query, body, condition: CONDITIONS })
    .map(({ names: own, query: asked, body: sent, condition }) => ({
      method: method as NonNullable<HttpCall['method']>,
      path: `${pathWith({ path }, encoded(own))}${queryText(asked)}`,
      headers: {
        ...(security === undefined ? admin.proof() : { authorization: `Bearer ${operatorKey}` }),
        ...(condition === undefined ? {} : { 'if-match': condition }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    }));
}

/** Half a pair can't be percent-encoded, and what has no text of its own is written as JSON. */
const wellFormed = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString();

function encoded(names: Readonly<Record<string, unknown>>): Artefacts {
  const pairs = Object.entries(names).map(([name, value]) => [
    name,
    encodeURIComponent(wellFormed(value)) || '%20',
  ]);
  return Object.fromEntries(pairs) as Artefacts;
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}=${encodeURIComponent(wellFormed(one))}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Fastify's own tree of routes, unrolled. */
function addressesIn(tree: string): readonly string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([\s│├└─]*)(\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (part === '') return [];
    const depth = indent.length / 4;
    above.length = depth;
    above[depth] = `${above[depth - 1] ?? ''}${part}`;
    return methods === undefined ? [] : [above[depth]];
  });
}

describe('the OpenAPI document', () => {
  test('is of version 3.1, and names each call once, in words', () => {
    expect(document.openapi).toBe('3.1.0');
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(45);
    for (const [, , { operationId, summary, responses }] of operations()) {
      expect([operationId, (summary ?? '').length > 8, 'default' in responses]).toEqual([
        operationId,
        true,
        true,
      ]);
    }
  });

  test('has every address that the server has there, but its own and the page’s', async () => {
    const known = new Set(Object.keys(document.paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1')));
    const served = addressesIn((await fluxo.server.adminApi()).printRoutes({ commonPrefix: false }));
    const ours = served.filter((path) => path.startsWith('/api/v1/'));
    expect(ours.length).toBeGreaterThan(25);
    expect(
      ours.filter((path) => !known.has(path)).map((path) => path.replace(/-[0-9a-f]+\.css/, '.css')),
    ).toEqual([...['/api/v1/openapi.json', '/api/v1/docs', '/api/v1/docs.css']]);
  });

  test('is read by people on a page that runs no script and asks nobody else', async () => {
    const { status, headers, body } = await acme.send({ path: '/api/v1/docs' });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).not.toMatch(/<script|style=|https?:\/\/(?!www\.w3)/);
    for (const [path, , { operationId }] of operations()) {
      expect(body).toContain(path);
      expect(body).toContain(`id="${operationId}"`);
    }
    const style = /href="(\/api\/v1\/docs-[0-9a-f]{12}\.css)"/.exec(body)?.[1] ?? '';
    expect((await acme.send({ path: style })).headers['content-type']).toBe('text/css; charset=utf-8');
  });

  test(
    'whatever comes, no answer is a 5xx or other than the document says',
    { timeout: 120_000 },
    async () => {
      for (const [path, method, operation] of operations()) {
        if (operation.operationId === 'getMe') continue;
        await fc.assert(
          fc.asyncProperty(callsOf(path, method, operation), async (call) => {
            expectAsPromised(operation, await admin.visitor.send(call));
          }),
          { numRuns: RUNS, endOnFailure: true },
        );
      }
      expect((await admin.get('/me')).status).toBe(200);
    },
  );
});

describe('what is no call at all', () => {
  test('gets a problem that says what to do', async () => {
    const nowhere = await admin.get('/nowhere');
    expect([nowhere.status, problemOf(nowhere)]).toEqual([404, 'not-found']);
    const put = await admin.send('PUT', '/applications', { body: {} });
    expect([put.status, problemOf(put), put.headers['allow']]).toEqual([
      405,
      'method-not-allowed',
      'GET, HEAD, POST',
    ]);
    for (const path of ['/api/v1/applications/%zz', `/api/v1/lanes/${'x'.repeat(300)}/comparison`]) {
      const broken = withJson(await acme.send({ path }));
      expect([broken.status, problemOf(broken)]).toEqual([400, 'invalid-input']);
    }
    const head = await admin.visitor.send({ method: 'HEAD', path: '/api/v1/applications' });
    expect([head.status, head.body]).toEqual([200, '']);
  });
});
