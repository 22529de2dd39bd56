import { literal } from './quoting.js';
import { redirectOf, secretOf, type SnippetValues } from './snippet-values.js';

/** A whole program: it sends a person to Fluxo, takes the address they came back to, and reads their projects. */
export function nodeSnippet(values: SnippetValues): string {
  const secret = values.kind === 'spa' ? '' : `\n  clientSecret: ${literal(secretOf(values))},`;
  return `// connect.mjs — npm install @fluxo/client, then: node connect.mjs
import { createInterface } from 'node:readline/promises';
import { createFluxoClient, MemoryTokenStore } from '@fluxo/client';

const fluxo = createFluxoClient({
  origin: ${literal(values.origin)},
  clientId: ${literal(values.clientId)},${secret}
  redirectUri: ${literal(redirectOf(values))},
  tokenStore: new MemoryTokenStore(),
});

const { url, pending } = await fluxo.beginAuthorization();
console.log(\`Open this in a browser, and press Allow access:\\n\${url}\\n\`);

const terminal = createInterface({ input: process.stdin, output: process.stdout });
const cameBackTo = await terminal.question('Paste the address that you came back to: ');
terminal.close();

const { wid } = await fluxo.completeAuthorization(cameBackTo.trim(), pending);
const answer = await fluxo.fetch('/attask/api/v14.0/proj/search');
const { data } = await answer.json();
console.log(\`Connected as \${wid}. Projects:\`, data.map(({ name }) => name));
`;
}

/** Python's own library alone. */
export function pythonSnippet(values: SnippetValues): string {
  const isPublic = values.kind === 'spa';
  const secret = isPublic ? '' : `    "client_secret": ${literal(secretOf(values))},\n`;
  return `# connect.py — needs Python 3 alone: python3 connect.py
import base64, hashlib, json, secrets, urllib.parse, urllib.request

ORIGIN = ${literal(values.origin)}
CLIENT = {
    "client_id": ${literal(values.clientId)},
${secret}}
REDIRECT_URI = ${literal(redirectOf(values))}

state = secrets.token_urlsafe(24)
verifier = secrets.token_urlsafe(48)
digest = hashlib.sha256(verifier.encode()).digest()
print("Open this in a browser, and press Allow access:")
print(ORIGIN + "/integrations/oauth2/authorize?" + urllib.parse.urlencode({
    "response_type": "code",
    "client_id": CLIENT["client_id"],
    "redirect_uri": REDIRECT_URI,
    "state": state,
    "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
    "code_challenge_method": "S256",
}))

came_back_to = input("Paste the address that you came back to: ").strip()
answer = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(came_back_to).query))
if answer.get("state") != state:
    raise SystemExit("That address does not belong to this attempt.")
if "code" not in answer:
    raise SystemExit("Access was not given: " + answer.get("error", "no code"))

def post(path, fields):
    body = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(ORIGIN + path, body) as response:
        return json.load(response)

tokens = post("/integrations/oauth2/api/v1/token", {
    **CLIENT,
    "grant_type": "authorization_code",
    "code": answer["code"],
    "redirect_uri": REDIRECT_URI,
    "code_verifier": verifier,
})
request = urllib.request.Request(
    ORIGIN + "/attask/api/v14.0/proj/search",
    headers={"sessionID": tokens["access_token"]},
)
with urllib.request.urlopen(request) as response:
    print([project["name"] for project in json.load(response)["data"]])
`;
}
