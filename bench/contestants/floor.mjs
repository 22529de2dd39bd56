// The floor: Node's own HTTP server reads the request and answers a constant as long as Fluxo's answer.
import { createServer } from 'node:http';
import { answerConstant, listen, whenRead } from './constant-answer.mjs';

listen(createServer((request, response) => whenRead(request, () => answerConstant(response))));
