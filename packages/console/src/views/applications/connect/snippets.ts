import { machineSnippets } from './machine-snippets.js';
import { nodeSnippet, pythonSnippet } from './program-snippets.js';
import { htmlText, shellQuote } from './quoting.js';
import { redirectOf, secretOf, type Snippet, type SnippetValues } from './snippet-values.js';

const CODE_PLACE = 'THE_CODE';

/** All that an application of this kind needs to be connected, in the order in which people need it. */
export function snippetsOf(values: SnippetValues): readonly Snippet[] {
  if (values.kind === 'machine') return machineSnippets(values);
  const isPublic = values.kind === 'spa';
  return [
    {
      id: 'link',
      label: 'snippet.link',
      help: isPublic ? 'snippet.linkSpaHelp' : 'snippet.linkHelp',
      code: authorizationLink(values),
    },
    { id: 'html', label: 'snippet.html', help: 'snippet.htmlHelp', code: connectButton(values) },
    { id: 'curl-dialect', label: 'snippet.curlDialect', help: 'snippet.curlHelp', code: curlDialect(values) },
    { id: 'curl-standard', label: 'snippet.curlStandard', code: curlStandard(values) },
    { id: 'refresh', label: 'snippet.refresh', help: 'snippet.refreshHelp', code: curlRefresh(values) },
    { id: 'node', label: 'snippet.node', help: 'snippet.nodeHelp', code: nodeSnippet(values) },
    { id: 'python', label: 'snippet.python', help: 'snippet.pythonHelp', code: pythonSnippet(values) },
  ];
}

/** RFC 7636 §4.2: a new one for each authorization, so that nobody copies one that everybody knows. */
const CHALLENGE_PLACE = 'THE_CODE_CHALLENGE';

function authorizationLink(values: SnippetValues): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: values.clientId,
    redirect_uri: redirectOf(values),
    state: 'A_RANDOM_VALUE',
  });
  if (values.kind === 'spa') {
    query.set('code_challenge', CHALLENGE_PLACE);
    query.set('code_challenge_method', 'S256');
  }
  return `${values.origin}/integrations/oauth2/authorize?${query.toString()}`;
}

function connectButton(values: SnippetValues): string {
  return `<a href="${htmlText(authorizationLink(values))}">Connect ${htmlText(values.name)}</a>`;
}

/** One line of `curl` for each parameter, so that each can be read. */
function curl(url: string, options: readonly string[]): string {
  return [`curl -sS ${shellQuote(url)}`, ...options].join(' \\\n  ');
}

const data = (name: string, value: string): string => `--data-urlencode ${shellQuote(`${name}=${value}`)}`;

function bodyCredentials(values: SnippetValues): readonly string[] {
  const id = data('client_id', values.clientId);
  return values.kind === 'spa' ? [id] : [id, data('client_secret', secretOf(values))];
}

function exchangeParameters(values: SnippetValues): readonly string[] {
  return [
    data('grant_type', 'authorization_code'),
    data('code', CODE_PLACE),
    data('redirect_uri', redirectOf(values)),
    ...(values.kind === 'spa' ? [data('code_verifier', 'THE_CODE_VERIFIER')] : []),
  ];
}

const curlDialect = (values: SnippetValues): string =>
  curl(`${values.origin}/integrations/oauth2/api/v1/token`, [
    ...exchangeParameters(values),
    ...bodyCredentials(values),
  ]);

/** RFC 6749 §2.3.1: HTTP Basic where there is a secret. */
const curlStandard = (values: SnippetValues): string =>
  curl(`${values.origin}/oauth2/token`, [
    ...(values.kind === 'spa'
      ? bodyCredentials(values)
      : [`-u ${shellQuote(`${values.clientId}:${secretOf(values)}`)}`]),
    ...exchangeParameters(values),
  ]);

const curlRefresh = (values: SnippetValues): string =>
  curl(`${values.origin}/integrations/oauth2/api/v1/token`, [
    data('grant_type', 'refresh_token'),
    data('refresh_token', 'THE_REFRESH_TOKEN'),
    ...bodyCredentials(values),
  ]);
