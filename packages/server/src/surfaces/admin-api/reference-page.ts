import type { FastifyReply } from 'fastify';
import { REFERENCE_STYLE_PATH } from './reference-style.js';

/** Of the document, what the page reads; it was made by our own schemas. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export interface ReferenceDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The document as people read it: no script, nothing from elsewhere. */
export function sendReference(document: ReferenceDocument, reply: FastifyReply): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    .send(renderReference(document));
}

function renderReference({ info, paths, components }: ReferenceDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<section id="${escape(tag)}"><h2>${escape(tag)}</h2>${own.map(renderOperation).join('')}</section>`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<h3 id="schema-${escape(name)}"><code>${escape(name)}</code></h3>${renderMembers(schema)}`,
  );
  const links = tags.map((tag) => `<li><a href="#${escape(tag)}">${escape(tag)}</a></li>`).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)} ${escape(info.version)}</title>
<link rel="stylesheet" href="${REFERENCE_STYLE_PATH}"></head><body><main>
<h1>${escape(info.title)} <small>${escape(info.version)}</small></h1><p>${escape(info.description)}</p>
<p><a href="/api/v1/openapi.json">OpenAPI 3.1 document</a></p>
<nav aria-label="Contents"><ul>${links}<li><a href="#schemas">schemas</a></li></ul></nav>
${sections.join('')}<section id="schemas"><h2>schemas</h2>${schemas.join('')}</section></main></body></html>`;
}

function renderOperation({
  path,
  method,
  operation,
}: {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}): string {
  const { parameters = [], requestBody, responses } = operation;
  const rows = parameters.map(
    ({ name, in: place, schema, description }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(place)}</td><td>${typeOf(schema)}</td><td>${escape(description ?? schema.description ?? '')}</td></tr>`,
  );
  const table = rows.length === 0 ? '' : `<table><tbody>${rows.join('')}</tbody></table>`;
  const answers = Object.entries(responses).map(
    ([status, { content }]) =>
      `<li><code>${escape(status)}</code> ${content === undefined ? '' : contentOf(content)}</li>`,
  );
  return `<article id="${escape(operation.operationId)}"><h3><code>${escape(method.toUpperCase())} ${escape(path)}</code></h3>
<p>${escape(operation.summary)}.</p>${table}${requestBody === undefined ? '' : `<p>Body: ${contentOf(requestBody.content)}</p>`}<ul>${answers.join('')}</ul></article>`;
}

const contentOf = (content: Content): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `${escape(type)} ${typeOf(schema)}`)
    .join(', ');

function renderMembers({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(
    ([name, schema]) =>
      `<tr><td><code>${escape(name)}</code>${required.includes(name) ? '' : ' <small>optional</small>'}</td><td>${typeOf(schema)}</td><td>${escape(schema.description ?? '')}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#schema-${escape(name)}">${escape(name)}</a>`;
  }
  if (schema.const !== undefined) return `<code>${escape(JSON.stringify(schema.const))}</code>`;
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.type === 'array') return `[${typeOf(schema.items ?? {})}]`;
  if (schema.type === 'object' && schema.properties !== undefined) {
    const members = Object.entries(schema.properties);
    return `{${members.map(([name, one]) => `${escape(name)}: ${typeOf(one)}`).join(', ')}}`;
  }
  return escape(schema.type ?? 'anything');
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}
