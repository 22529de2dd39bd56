import { isAscii } from 'node:buffer';
import { ParameterSet, parseFormEncoded, type RawParameter } from '@fluxo/core';
import type { FastifyInstance } from 'fastify';

const FORM = 'application/x-www-form-urlencoded';
/** Made once: it keeps nothing from one body to the next. What is ASCII alone needs no decoder, and nearly all is. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** A body that can't be read; the message is for the client. */
export class BodyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BodyError';
  }
}

/** Bodies arrive as bytes: each surface reads only the forms that it takes. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // The names of those that most send are remembered; what a star stands for is parsed each time.
  app.addContentTypeParser([FORM, 'application/json', '*'], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}

/** @throws BodyError */
export function readForm(body: unknown, contentType: string | undefined): ParameterSet {
  const { mediaType } = parseContentType(contentType);
  if (mediaType !== FORM) {
    throw new BodyError('The body must be application/x-www-form-urlencoded.');
  }
  const text = toText(body);
  if (text.trimStart().startsWith('{')) {
    throw new BodyError(
      'The body looks like JSON, but its Content-Type says application/x-www-form-urlencoded.',
    );
  }
  const { parameters, decoded } = parseFormEncoded(text);
  if (!decoded) throw new BodyError('The form has a broken percent-encoding.');
  return new ParameterSet(parameters);
}

/** A form, or a flat JSON object of strings (the dialect's clients send either). @throws BodyError */
export function readFormOrJson(body: unknown, contentType: string | undefined): ParameterSet {
  const { mediaType } = parseContentType(contentType);
  return mediaType === 'application/json'
    ? new ParameterSet(parseFlatJson(toText(body)))
    : readFormAs(mediaType, body);
}

function readFormAs(mediaType: string | undefined, body: unknown): ParameterSet {
  if (mediaType === FORM) return readForm(body, mediaType);
  throw new BodyError('The body must be application/json or application/x-www-form-urlencoded.');
}

/** @throws BodyError for a charset other than UTF-8 */
function parseContentType(header: string | undefined): { readonly mediaType: string | undefined } {
  // As most write it: there is nothing to take apart.
  if (header === FORM) return { mediaType: FORM };
  const [mediaType, ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw new BodyError('The body must be in UTF-8.');
  }
  return { mediaType };
}

function toText(body: unknown): string {
  if (!Buffer.isBuffer(body)) return '';
  if (isAscii(body)) return body.toString('latin1');
  try {
    return UTF8.decode(body);
  } catch {
    throw new BodyError('The body is not valid UTF-8.');
  }
}

function parseFlatJson(text: string): readonly RawParameter[] {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BodyError('The JSON body must be an object.');
  }
  // Object.entries sees own names only; `__proto__` in JSON is one of them and means nothing.
  const parameters = Object.entries(value as Record<string, unknown>).map(([name, member]): RawParameter => {
    if (member !== null && typeof member !== 'string') {
      throw new BodyError(`The JSON member "${name.slice(0, 64)}" must be a string.`);
    }
    return { name, value: member ?? '', raw: '' };
  });
  if (countNames(text) !== parameters.length) throw new BodyError('The JSON body has a member twice.');
  return parameters;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BodyError('The body is not valid JSON, although its Content-Type says so.');
  }
}

/** In valid flat JSON, a string before a colon is a member's name; JSON.parse itself keeps only the last of two. */
function countNames(text: string): number {
  let count = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)) if (match[1] === ':') count += 1;
  return count;
}
