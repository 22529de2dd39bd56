// The floor: Node's own HTTP server reads the request and answers a constant as long as Fluxo's answer.
import { createServer } from 'node:http';

const ANSWER = JSON.stringify({
  token_type: 'sessionID',
  access_token: `fxs${'a'.repeat(56)}`,
  refresh_token: `fxr${'b'.repeat(84)}`,
  expires_in: 28_800,
  wid: 'c'.repeat(32),
});

const server = createServer((request, response) => {
  let length = 0;
  request.on('data', (chunk) => (length += chunk.length));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', ANSWER.length);
    response.statusCode = length >= 0 ? 200 : 500;
    response.end(ANSWER);
  });
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, tokens: [] }));
process.on('disconnect', () => process.exit());
