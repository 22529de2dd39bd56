import type { SeededRandom } from './random.js';
import type { Shot } from './shot.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'get', 'X'];
const PATH_BITS = [
  ...['/', '//', '/../', '/./', ';/../', '%2e%2e%2f', '%252F', '%00', '%0d%0a', '%ff', '%', '%zz', '\\', '~'],
  ...[';jsessionid=1', '.json', '*', ':', '@evil.example', '\xe9', '/__proto__', '/constructor'],
];
const VALUES = [
  ...['', ' ', '%', '%zz', '%00', '%ff%fe', '%0d%0aset-cookie:x=1', '%F0%9F%98%80', '+', 'null', 'undefined'],
  ...[
    'true',
    '-1',
    '0',
    '1e309',
    '99999999999999999999',
    '__proto__',
    'constructor',
    '[]',
    '{}',
    "' OR 1=1 --",
  ],
  ...['<script>alert(1)</script>', '"><img src=x>', '../../etc/passwd', 'https://evil.example/', '//evil'],
  ...['javascript:alert(1)', 'data:text/html,x', '\u202e\u200b', 'é', '\ud800', '${7*7}', 'a'.repeat(300)],
  ...['a'.repeat(5_000), 'fxs', `fxr${'0'.repeat(84)}`, `fxs${'z'.repeat(56)}`, 'localhost', '127.0.0.1'],
];
const HEADERS: readonly [string, string][] = [
  ['host', 'evil.example'],
  ['host', 'oauth.my.localhost'],
  ['host', 'acme.my.localhost'],
  ['host', 'localhost:99999'],
  ['host', '[::1'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-host', 'a,b,c'],
  ['x-forwarded-proto', 'gopher'],
  ['x-forwarded-for', 'garbage, 999.999.999.999, ::ffff:1.2.3.4'],
  ['authorization', 'Basic'],
  ['authorization', 'Basic !!!!'],
  ['authorization', 'Basic Og=='],
  ['authorization', 'Basic //79/A=='],
  ['authorization', 'Bearer'],
  ['authorization', 'Digest username="x"'],
  ['sessionID', ''],
  ['sessionID', 'one'],
  ['cookie', 'fluxo-session'],
  ['cookie', '=; ;;; ===; fluxo-session==; fluxo-session=\xff'],
  ['cookie', `fluxo-session=${'x'.repeat(4_000)}`],
  ['cookie', 'a=1; '.repeat(800)],
  ['origin', 'null'],
  ['origin', 'https://app.example.evil.example'],
  ['sec-fetch-site', 'cross-site'],
  ['content-type', ''],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-type', 'application/json; charset=utf-7'],
  ['content-type', 'application/x-www-form-urlencoded; charset="utf-16"'],
  ['content-type', ';;;'],
  ['content-encoding', 'gzip'],
  ['accept-language', `${'x-'.repeat(400)},*;q=9`],
  ['accept', '\xff/\xfe'],
  ['user-agent', '\x7f\xff'.repeat(200)],
  ['range', 'bytes=0-0,-1'],
  ['if-none-match', '*'],
  ['if-modified-since', 'never'],
  ['x-request-id', 'forged'],
  ['x-http-method-override', 'DELETE'],
  ['__proto__', 'x'],
  ['x-long', 'y'.repeat(12_000)],
];
const BODIES = [
  ...[
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '1',
    '{"__proto__":{"a":1}}',
    '{"grant_type":["a"]}',
    '\xff\xfe',
    '&&&&',
    '=',
  ],
  ...[
    '%',
    '{"a":'.repeat(2_000),
    '['.repeat(4_000),
    'a&'.repeat(6_000),
    `a=${'b'.repeat(20_000)}`,
    '\0'.repeat(100),
  ],
  ...[
    '{"grant_type":"refresh_token","grant_type":"x"}',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1',
  ],
];

type Mutation = (parts: Shot, random: SeededRandom) => void;

const MUTATIONS: readonly Mutation[] = [
  (parts, random) => (parts.method = random.pick(METHODS)),
  (parts, random) => (parts.path += random.pick(PATH_BITS)),
  (parts, random) => {
    const at = 1 + random.below(parts.path.length);
    parts.path = parts.path.slice(0, at) + random.pick(PATH_BITS) + parts.path.slice(at);
  },
  (parts, random) =>
    (parts.path = parts.path.replace(/[a-z]/, (letter) =>
      random.pick([letter.toUpperCase(), `%${letter.charCodeAt(0).toString(16)}`]),
    )),
  (parts, random) => spoil(parts.query, random),
  (parts, random) => spoil(parts.form, random),
  (parts, random) => spoil(parts.form, random),
  (parts, random) =>
    parts.query.push([random.pick(['client_id', 'code', 'sessionID', 'flow', 'x']), random.pick(VALUES)]),
  (parts, random) => void parts.headers.push(random.pick(HEADERS)),
  (parts, random) => void parts.headers.push(random.pick(HEADERS)),
  (parts, random) => void parts.headers.splice(random.below(parts.headers.length + 1), 1),
  (parts, random) => doubleHeader(parts, random),
  (parts, random) => (parts.body = random.pick(BODIES)),
  (parts, random) => {
    const at = random.below((parts.body ?? '').length + 1);
    if (parts.body !== undefined) parts.body = parts.body.slice(0, at) + random.pick(['"', '}', '\0', '']);
  },
];

/** One to three things wrong. */
export function mutate(parts: Shot, random: SeededRandom): Shot {
  const wrong = 1 + random.below(3);
  for (let count = 0; count < wrong; count += 1) random.pick(MUTATIONS)(parts, random);
  return parts;
}

function spoil(pairs: [string, string][] | undefined, random: SeededRandom): void {
  if (pairs === undefined || pairs.length === 0) return;
  const at = random.below(pairs.length);
  const [name, value] = pairs[at] ?? ['', ''];
  const ways: readonly (() => void)[] = [
    () => (pairs[at] = [name, random.pick(VALUES)]),
    () => (pairs[at] = [random.pick([name.toUpperCase(), `${name}[]`, ` ${name}`, '__proto__', '']), value]),
    () => pairs.push([name, value]),
    () => pairs.push([name, random.pick(VALUES)]),
    () => pairs.splice(at, 1),
    () => (pairs[at] = [name, value.slice(0, random.below(value.length + 1))]),
    () => (pairs[at] = [name, `${value}${random.pick([' ', '0', '\n', '/', '#', '%'])}`]),
  ];
  random.pick(ways)();
}

function doubleHeader(parts: Shot, random: SeededRandom): void {
  if (parts.headers.length > 0) parts.headers.push(random.pick(parts.headers));
}
