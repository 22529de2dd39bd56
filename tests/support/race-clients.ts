import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { basic, type HttpAnswer, type TestApplication, type TestTenant } from './tenant.js';
import type { FromClient, ToClient } from './race-client.js';

interface RacePost {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** Of the nodes that the clients ask in turn; by default the one of the tenant's origin. */
  readonly ports?: readonly number[];
}

/** Clients in processes of their own, each with an open socket, released together by a barrier. */
export class RaceClients {
  readonly #children: readonly ChildProcess[];

  private constructor(children: readonly ChildProcess[]) {
    this.#children = children;
  }

  static async start(count: number): Promise<RaceClients> {
    const children = Array.from({ length: count }, () =>
      fork(join(import.meta.dirname, 'race-client.ts'), { execArgv: ['--import', 'tsx'] }),
    );
    await Promise.all(children.map((child) => nextMessage(child, 'started')));
    return new RaceClients(children);
  }

  /** Every client sends the same form at the same time; to several ports, if there are several nodes. */
  async postAtOnce(
    tenant: TestTenant,
    app: TestApplication,
    { path, form, ports }: RacePost,
  ): Promise<readonly Pick<HttpAnswer, 'status' | 'body'>[]> {
    const { host, port } = new URL(tenant.origin);
    const body = new URLSearchParams(form).toString();
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: ${host}`,
      `Authorization: ${basic(app)}`,
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${body.length}`,
      'Connection: close',
    ];
    const text = `${head.join('\r\n')}\r\n\r\n${body}`;
    const nodes = ports ?? [Number(port)];
    await this.#tell((index) => {
      return { kind: 'prepare', request: { port: nodes[index % nodes.length]!, text } };
    }, 'ready');
    const answers = await this.#tell(() => ({ kind: 'go' }), 'answered');
    return answers.map((answer) => readAnswer(answer.kind === 'answered' ? answer.text : ''));
  }

  close(): void {
    for (const child of this.#children) child.kill();
  }

  #tell(messageFor: (index: number) => ToClient, answer: FromClient['kind']): Promise<readonly FromClient[]> {
    return Promise.all(
      this.#children.map((child, index) => {
        const next = nextMessage(child, answer);
        child.send(messageFor(index));
        return next;
      }),
    );
  }
}

/** Rejects when the process ends instead, or says something else. */
function nextMessage(child: ChildProcess, kind: FromClient['kind']): Promise<FromClient> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      reject(new Error(`The client's process ended with ${code ?? -1}.`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      const answer = message as FromClient;
      if (answer.kind === kind) resolve(answer);
      else reject(new Error(`The client said ${JSON.stringify(answer)} instead of ${kind}.`));
    });
  });
}

function readAnswer(text: string): Pick<HttpAnswer, 'status' | 'body'> {
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1];
  if (status === undefined) throw new Error(`Not an HTTP answer: ${text.slice(0, 200)}`);
  const head = text.indexOf('\r\n\r\n');
  return { status: Number(status), body: text.slice(head + 4) };
}
