import type { Walk } from './walk.js';

export interface Result {
  readonly walk: Walk;
  /** Empty where it wasn't run. */
  readonly version: string;
  readonly outcome: 'works' | 'fails' | 'not run';
}

const BEFORE = `# Clients that were tried

<!-- Written by \`npm run interop\`; the texts are in tests/interop/interop-page.ts. -->

Each row is a real client library against a real \`fluxo serve\`, used as its own documentation shows it. It goes the
whole way: the authorization URL, a person who signs in and allows, the callback, the exchange, a call of the API, a
refresh, another refresh, a call, the revocation; after it the API must answer 401 and the refresh
\`invalid_grant\`. Refresh tokens rotate: each of the three answers must bring a new pair.

\`web\` and \`spa\` are those kinds as they are registered by default, but for rotation; \`bearer\` is a \`web\` whose
\`token_type\` setting is \`Bearer\`. The dialect's endpoints are \`/integrations/oauth2/…\`, the standard ones
\`/oauth2/…\` ([the contract](contract.md)).
`;

const AFTER = `## What to know

- **oauth4webapi, openid-client**: discover with \`algorithm: 'oauth2'\`: there is no OpenID Connect here. Both take
  \`Bearer\` only, unless told otherwise: at the dialect's endpoints give the application the \`token_type\` \`Bearer\`, or
  name \`sessionID\` in oauth4webapi's \`recognizedTokenTypes\`. Both throw where the API answers 401, with the
  challenge inside.
- **simple-oauth2**: revoke with \`revokeAll()\`, or with \`revoke('refresh_token')\`, which is enough: the refresh token
  ends everything. It reads JSON in the answer, which RFC 7009 §2.2 leaves free: ours is \`{}\`. For a \`sessionID\`
  send the token in that header.
- **passport-oauth2**: leave \`clientSecret\` empty for a \`spa\`: an empty parameter counts as absent. Refreshing is
  the business of another package, revoking is yours.
- **requests-oauthlib**: needs the \`token_type\` \`Bearer\`: it can't send any other. A \`spa\` passes
  \`include_client_id=True\` and \`code_verifier\` to the exchange, and \`client_id\` to each refresh. Revoking is yours.
- **Authlib**: needs the \`token_type\` \`Bearer\`. For a \`spa\` its method is \`none\`.
- **x/oauth2**: without an \`AuthStyle\` it tries Basic first, which works here, for a \`spa\` with an empty secret.
  Were it refused, the body would follow with the same code: a failed authentication never uses a code up. It sends
  \`Authorization: sessionID …\` by itself. Revoking is yours.
- **Every client that rotates** has to keep the refresh token of each answer: the one before ends the
  grant when it is used again.
`;

/** What the page says of a walk before its outcome; without the version, which differs from machine to machine. */
function cellsOf({ client, application, family, how }: Walk): readonly string[] {
  return [client, application, family, how];
}

/** The page, before it is formatted. */
export function interopPage(results: readonly Result[]): string {
  const rows = results.map(
    ({ walk, version, outcome }) => `| ${[...cellsOf(walk), outcome, version].join(' | ')} |`,
  );
  const header = '| client | application | endpoints | how | outcome | version |\n| - | - | - | - | - | - |';
  const runtime = `The JavaScript clients ran on Node.js ${process.versions.node}.`;
  return `${BEFORE}\n${header}\n${rows.join('\n')}\n\n${runtime}\n\n${AFTER}`;
}

/** The walks that a page says nothing of: it was written before they were. */
export function absentFrom(page: string, walks: readonly Walk[]): readonly Walk[] {
  const unpadded = page.replaceAll(/ +/g, ' ');
  return walks.filter((walk) => !unpadded.includes(`| ${cellsOf(walk).join(' | ')} |`));
}
