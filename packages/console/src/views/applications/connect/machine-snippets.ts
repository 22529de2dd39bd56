import { literal, shellQuote } from './quoting.js';
import { secretOf, type Snippet, type SnippetValues } from './snippet-values.js';

const PATH = '/integrations/oauth2/api/v1/jwt/exchange';

/** A machine signs a JWT with its own key and trades it for a session; nobody sits in front of it. */
export function machineSnippets(values: SnippetValues): readonly Snippet[] {
  return [
    { id: 'node', label: 'snippet.machineNode', help: 'snippet.machineNodeHelp', code: nodeProgram(values) },
    {
      id: 'curl-dialect',
      label: 'snippet.machineCurl',
      help: 'snippet.machineCurlHelp',
      code: curlExchange(values),
    },
  ];
}

function nodeProgram(values: SnippetValues): string {
  return `// machine.mjs — needs Node.js alone: node machine.mjs private-key.pem
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const ORIGIN = ${literal(values.origin)};
const key = createPrivateKey(readFileSync(process.argv[2] ?? 'private-key.pem'));
const algorithm = { rsa: 'RS256', ec: 'ES256', ed25519: 'EdDSA' }[key.asymmetricKeyType];

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
const now = Math.floor(Date.now() / 1000);
const signed = [
  { alg: algorithm, typ: 'JWT' },
  {
    iss: ${literal(values.environmentId)}, // the environment
    sub: ${literal(values.wid)}, // who registered the key: the machine acts for them
    exp: now + 300,
    jti: randomUUID(),
  },
].map(encode).join('.');
const signature = sign(algorithm === 'EdDSA' ? null : 'sha256', Buffer.from(signed), {
  key,
  dsaEncoding: 'ieee-p1363',
});

const answer = await fetch(ORIGIN + ${literal(PATH)}, {
  method: 'POST',
  body: new URLSearchParams({
    client_id: ${literal(values.clientId)},
    client_secret: ${literal(secretOf(values))},
    jwt_token: \`\${signed}.\${signature.toString('base64url')}\`,
  }),
});
const tokens = await answer.json();
if (!answer.ok) throw new Error(JSON.stringify(tokens));
const projects = await fetch(\`\${ORIGIN}/attask/api/v14.0/proj/search\`, {
  headers: { sessionID: tokens.access_token },
});
const { data } = await projects.json();
console.log(data.map(({ name }) => name));
`;
}

function curlExchange(values: SnippetValues): string {
  return [
    `curl -sS ${shellQuote(values.origin + PATH)}`,
    `--data-urlencode ${shellQuote(`client_id=${values.clientId}`)}`,
    `--data-urlencode ${shellQuote(`client_secret=${secretOf(values)}`)}`,
    `--data-urlencode 'jwt_token=THE_SIGNED_JWT'`,
  ].join(' \\\n  ');
}
