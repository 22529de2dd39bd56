import { connect, type Socket } from 'node:net';

export interface SocketAnswer {
  readonly status: number;
  /** As it came, without the status line; names in lower case are not promised. */
  readonly head: string;
  readonly body: string;
}

/** One connection that is kept: bytes go out as they are, which no HTTP client would allow. */
export class KeepAliveSocket {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = '';
  #method = '';
  #settle: { resolve: (answer: SocketAnswer | undefined) => void } | undefined;
  connections = 0;

  constructor(port: number) {
    this.#port = port;
  }

  /** The answer, or undefined when the server hung up without one. */
  send(request: string, method: string): Promise<SocketAnswer | undefined> {
    const socket = this.#socket ?? this.#connect();
    return new Promise((resolve) => {
      this.#settle = { resolve };
      this.#method = method;
      socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #connect(): Socket {
    this.connections += 1;
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    this.#received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.#received += chunk;
      this.#read(false);
    });
    // The close that follows says all there is to know.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#read(true);
      this.#finish(undefined);
    });
    return socket;
  }

  #read(closed: boolean): void {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const text = this.#received.slice(0, end);
    const status = Number(text.slice(9, 12));
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
    const bodiless = this.#method === 'HEAD' || status === 204 || status === 304;
    const body = this.#received.slice(end + 4);
    if (!bodiless && body.length < length && !closed) return;
    // What the HTTP parser refuses, it answers by itself, and hangs up without saying so.
    if (/\r\nconnection: *close/i.test(text) || !/\r\nx-request-id:/i.test(text)) this.#drop();
    this.#received = '';
    this.#finish({ status, head: text.slice(text.indexOf('\r\n')), body });
  }

  #drop(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #finish(answer: SocketAnswer | undefined): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.resolve(answer);
  }
}
