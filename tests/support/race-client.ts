import { connect } from 'node:net';

/** One HTTP request, complete as text: what goes over the socket when the barrier falls. */
export interface RaceRequest {
  readonly port: number;
  readonly text: string;
}

export type ToClient = { readonly kind: 'prepare'; readonly request: RaceRequest } | { readonly kind: 'go' };
export type FromClient =
  { readonly kind: 'started' | 'ready' } | { readonly kind: 'answered'; readonly text: string };

const say = (message: FromClient): void => void process.send?.(message);

let release: (() => void) | undefined;

/** Connects first and waits: what is released together has nothing left to do but to ask. */
function prepare({ port, text }: RaceRequest): void {
  let answer = '';
  const socket = connect(port, '127.0.0.1', () => say({ kind: 'ready' }));
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (answer += chunk));
  socket.on('error', (error) => (answer += `FAILED ${error.message}`));
  socket.on('close', () => say({ kind: 'answered', text: answer }));
  release = () => void socket.write(text);
}

process.on('message', (message: ToClient) => {
  if (message.kind === 'prepare') prepare(message.request);
  else release?.();
});
say({ kind: 'started' });
