// The floor: Node's own HTTP server reads the request and answers a constant as long as Fluxo's answer.
import { createServer } from 'node:http';
import { answerConstant, listen } from './constant-answer.mjs';

const server = createServer((request, response) => {
  let length = 0;
  request.on('data', (chunk) => (length += chunk.length));
  request.on('end', () => {
    if (length < 0) throw new Error('No request is shorter than nothing.');
    answerConstant(response);
  });
});
listen(server);
