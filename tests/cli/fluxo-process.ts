import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../packages/server/src/cli/program.js';

/** The launcher that npm links; what it runs was built by `npm test` before. */
const LAUNCHER = fileURLToPath(new URL('../../packages/server/bin/fluxo.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** A data directory of its own for each test file, and everything started on it. */
export class FluxoHouse {
  readonly data = join(mkdtempSync(join(tmpdir(), 'fluxo-cli-')), 'data');
  /** What every process here is started with. */
  settings: Readonly<Record<string, string>> = {};
  readonly #servers: RunningServer[] = [];

  /** As a process of its own: what a user sees of it. */
  async launch(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    return finish(launch([...args, '--data', this.data], this.#settings(options)), options.input);
  }

  /** The same command in this process, unless it is given an input: to start one takes longer than most commands do. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    if (options.input !== undefined) return this.launch(args, options);
    return runHere([...args, '--data', this.data], this.#settings(options));
  }

  /** @throws unless the command succeeds and standard output is one JSON document */
  async json<T = Record<string, unknown>>(args: readonly string[], options: RunOptions = {}): Promise<T> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    if (code !== 0) throw new Error(`fluxo ${args.join(' ')}: exit ${code}, ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  async serve(args: readonly string[] = [], env: RunOptions['env'] = {}): Promise<RunningServer> {
    const all = ['serve', '--port', '0', '--data', this.data, ...args];
    const server = new RunningServer(launch(all, { ...this.settings, ...env }));
    this.#servers.push(server);
    await server.ready();
    return server;
  }

  #settings(options: RunOptions): Readonly<Record<string, string>> {
    return { ...this.settings, ...options.env };
  }

  async remove(): Promise<void> {
    for (const server of this.#servers) await server.kill();
    rmSync(join(this.data, '..'), { recursive: true, force: true });
  }
}

export interface Asking {
  readonly host: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export class RunningServer {
  readonly process: ChildProcessWithoutNullStreams;
  readonly agent = new Agent({ keepAlive: true });
  /** Every line that was logged. */
  readonly log: string[] = [];
  port = 0;
  #stderr = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    this.process = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.log.push(line));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
  }

  async ready(): Promise<void> {
    const [, port] = await this.says(/listens on http:\/\/127\.0\.0\.1:(\d+)/);
    this.port = Number(port);
  }

  get said(): string {
    return this.#stderr;
  }

  /** Waits until standard error says so. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#stderr);
      if (match !== null) return match;
      if (this.process.exitCode !== null) throw new Error(`The server ended: ${this.#stderr}`);
      await Promise.race([once(this.process.stderr, 'data'), once(this.process, 'exit')]);
    }
  }

  /** Connects to the address and names the host, as a browser would behind DNS. */
  begin(path: string, { host, method, headers }: Asking) {
    const options = { agent: this.agent, headers: { host: `${host}:${this.port}`, ...headers } };
    const address = { hostname: '127.0.0.1', port: this.port, path, method: method ?? 'GET' };
    return request({ ...address, ...options });
  }

  async ask(path: string, asking: Asking): Promise<Answer> {
    const outgoing = this.begin(path, asking);
    outgoing.end(asking.body);
    return readAnswer(outgoing);
  }

  async exitCode(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  async kill(): Promise<void> {
    this.agent.destroy();
    this.process.kill('SIGKILL');
    await this.exitCode();
  }
}

export async function readAnswer(outgoing: ReturnType<typeof request>): Promise<Answer> {
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body };
}

async function runHere(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<Finished> {
  const output = { stdout: '', stderr: '' };
  const code = await runCli(args, {
    ...{ settings, input: emptyInput() },
    out: (text) => void (output.stdout += text),
    note: (text) => void (output.stderr += text),
  });
  return { code, ...output };
}

/** No terminal, and nothing in it: nobody waits for the input of who runs the tests. */
function emptyInput(): NodeJS.ReadStream {
  return Object.assign(Readable.from([]), { isTTY: false }) as unknown as NodeJS.ReadStream;
}

/** Without a data directory of its own. */
export async function runAnywhere(args: readonly string[], env: RunOptions['env'] = {}): Promise<Finished> {
  return finish(launch(args, env));
}

/** Settings of the machine that runs the tests must not reach the process. */
function launch(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:FLUXO_.*|PORT|HOST|NODE_OPTIONS|VITEST.*)$/.test(name),
    ),
  );
  return spawn(process.execPath, [LAUNCHER, ...args], { env: { ...clean, ...env } });
}

async function finish(child: ChildProcessWithoutNullStreams, input = ''): Promise<Finished> {
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  // A command that doesn't read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

export const PASSWORD = 'correct-horse-battery';
export const REDIRECT_URL = 'https://reports.example/callback';

/** An environment with a user and a web application. */
export async function furnish(
  house: FluxoHouse,
  settings: Readonly<Record<string, string>> = {},
): Promise<{ clientId: string; clientSecret: string; wid: string }> {
  await house.json(['environment', 'create', 'acme.my', '--name', 'Acme'], { env: settings });
  const user = await house.json<{ wid: string }>(['user', 'create', 'acme.my', 'ana', '--name', 'Ana'], {
    env: { ...settings, FLUXO_PASSWORD: PASSWORD },
  });
  const create = ['application', 'create', 'acme.my', '--kind', 'web', '--name', 'Reports'];
  const application = await house.json<{ client_id: string; client_secret: string }>(
    [...create, '--redirect-url', REDIRECT_URL],
    { env: settings },
  );
  return { clientId: application.client_id, clientSecret: application.client_secret, wid: user.wid };
}
