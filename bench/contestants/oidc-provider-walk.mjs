// oidc-provider's whole flow, in memory: the pages are as small as they can be, no password is hashed.
// `consent` asks for consent in each walk; `remembered` only in the first. `as-it-comes`: with its own storage.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { CLIENT, findAccount } from './oidc-client.mjs';
import { Memory } from './oidc-memory.mjs';

const [, variant = 'consent', storage = 'map'] = process.argv.slice(2);
const provider = new Provider('http://127.0.0.1', {
  clients: [CLIENT],
  ...(storage === 'as-it-comes' ? {} : { adapter: Memory }),
  scopes: ['api'],
  cookies: { keys: ['a key for the bench'] },
  findAccount,
  issueRefreshToken: () => true,
  rotateRefreshToken: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
});

const FIELDS = {
  login: '<input name="username"><input name="password" type="password"><button>Sign in</button>',
  consent: '<button name="decision" value="allow">Allow access</button>',
};

async function interact(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    const page = `<!doctype html><form method="post" action="${request.url}">${FIELDS[prompt.name]}</form>`;
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length });
    response.end(page);
    return;
  }
  request.resume();
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId: 'ana' } });
    return;
  }
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known ?? new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope('api');
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

const callback = provider.callback();
const server = createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return callback(request, response);
  return interact(request, response).catch((error) => {
    response.writeHead(500);
    response.end(String(error));
  });
});
const more = variant === 'consent' ? '&prompt=consent' : '';
server.listen(0, '127.0.0.1', () =>
  process.send({
    port: server.address().port,
    tokens: [],
    body: `client_id=bench&client_secret=bench-secret`,
    authorize: `/auth?client_id=bench&response_type=code&scope=api${more}`,
  }),
);
process.on('disconnect', () => process.exit());
