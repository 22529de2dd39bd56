/** One request on its way: taken apart, so that any part can be made wrong. */
export interface Shot {
  method: string;
  path: string;
  query: [name: string, value: string][];
  headers: [name: string, value: string][];
  form: [name: string, value: string][] | undefined;
  /** Instead of the form, as it is. */
  body: string | undefined;
}

export function shot(method: string, path: string, parts: Partial<Shot> = {}): Shot {
  return { method, path, query: [], headers: [], form: undefined, body: undefined, ...parts };
}

/** Values that stand in quotes of their own (`%`) were made wrong on purpose and go out as they are. */
function encodeForm(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${escapeUnlessRaw(name)}=${escapeUnlessRaw(value)}`).join('&');
}

function escapeUnlessRaw(text: string): string {
  return text.startsWith('%')
    ? text
    : encodeURIComponent(Buffer.from(text).toString()).replaceAll('%20', '+');
}

export function targetOf({ path, query }: Shot): string {
  return query.length === 0 ? path : `${path}?${encodeForm(query)}`;
}

/** As bytes on the wire, one character a byte. */
export function serialize(parts: Shot, host: string): string {
  const names = new Set(parts.headers.map(([name]) => name.toLowerCase()));
  const headers = [...parts.headers];
  if (!names.has('host')) headers.unshift(['host', host]);
  const body = parts.body ?? (parts.form === undefined ? undefined : encodeForm(parts.form));
  if (body !== undefined) {
    if (!names.has('content-type')) headers.push(['content-type', 'application/x-www-form-urlencoded']);
    headers.push(['content-length', String(body.length)]);
  }
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${parts.method} ${targetOf(parts)} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n');
}

const METHODS = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|PROPFIND)$/;
const HEADER_LIMIT = 15_000;

/** Whether this is HTTP at all: on what is not, the parser may hang up. */
export function isHttp(parts: Shot): boolean {
  const size = parts.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return (
    METHODS.test(parts.method) &&
    /^\/[\x21-\x7e\x80-\xff]*$/.test(targetOf(parts)) &&
    parts.headers.every(([, value]) => !/[\x00-\x1f\x7f]/.test(value)) &&
    size + targetOf(parts).length < HEADER_LIMIT
  );
}
