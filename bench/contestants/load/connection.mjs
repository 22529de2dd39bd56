// One connection that is kept, with one request at a time. A promise of an answer costs about a microsecond.
import { connect } from 'node:net';

export class Connection {
  #socket;
  #received = '';
  #settle;

  static open(port) {
    return new Promise((resolve, reject) => {
      const connection = new Connection();
      const socket = connect(port, '127.0.0.1', () => resolve(connection));
      socket.setNoDelay();
      socket.setEncoding('latin1');
      socket.on('data', (text) => connection.#take(text));
      socket.on('error', (error) => {
        reject(error);
        connection.#end(error);
      });
      socket.on('close', () => connection.#end(new Error('The server hung up.')));
      connection.#socket = socket;
    });
  }

  /** The whole answer: status, head, body. */
  ask(text) {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) reject(new Error('The server hung up.'));
      this.#settle = { resolve, reject };
      this.#socket.write(text);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #take(text) {
    this.#received += text;
    const answer = answerOf(this.#received);
    if (answer === undefined) return;
    this.#received = '';
    this.#settle?.resolve(answer);
  }

  #end(error) {
    this.#settle?.reject(error);
  }
}

/** Undefined until the whole answer is there. */
function answerOf(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end + 2);
  const body = text.slice(end + 4);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? { status, head, body } : undefined;
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return { status, head, body };
  return body.endsWith('0\r\n\r\n') ? { status, head, body: unchunked(body) } : undefined;
}

function unchunked(body) {
  let text = '';
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, end), 16);
    if (!(size > 0)) return text;
    text += body.slice(end + 2, end + 2 + size);
    at = end + 2 + size + 2;
  }
}
