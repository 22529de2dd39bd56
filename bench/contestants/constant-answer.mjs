// What the floor and the statements alone have in common: both read the request, and answer the same.

/** As long as Fluxo's. */
const ANSWER = JSON.stringify({
  token_type: 'sessionID',
  access_token: `fxs${'a'.repeat(56)}`,
  refresh_token: `fxr${'b'.repeat(84)}`,
  expires_in: 28_800,
  wid: 'c'.repeat(32),
});

export function answerConstant(response) {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', ANSWER.length);
  response.statusCode = 200;
  response.end(ANSWER);
}

export function whenRead(request, then) {
  request.on('data', () => undefined);
  request.on('end', then);
}

/** Says where it listens, and ends with whoever started it. */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, tokens: [] }));
  process.on('disconnect', () => process.exit());
}
