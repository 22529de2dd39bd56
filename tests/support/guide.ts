import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** A page of the guide, whose shell examples are run against a started server: what people read is what is run. */
export class Guide {
  /** The shell examples, in order. */
  readonly examples: readonly string[];
  readonly folder = mkdtempSync(join(tmpdir(), 'fluxo-guide-'));
  variables: Readonly<Record<string, string>> = { FLUXO_DATA: this.folder };
  #server: ChildProcess | undefined;

  constructor(page: string) {
    const text = readFileSync(join(root, 'docs/guide', page), 'utf8');
    this.examples = Array.from(text.matchAll(/```sh\n([^]*?)```/g), (match) => match[1] ?? '');
  }

  /** @returns what it prints */
  async shell(example: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const env = { ...process.env, ...this.variables, ...more };
    const { stdout } = await run('bash', ['-euc', example], { cwd: root, env });
    return stdout;
  }

  /** The registration's example; what it prints becomes variables, and so does the server's address. */
  async begin(register: string): Promise<void> {
    const registered = await this.shell(register);
    const told = (name: string): string => new RegExp(`${name}: +(\\S+)`).exec(registered)?.[1] ?? '';
    const FLUXO = `http://acme.my.localhost:${await this.#startServer()}`;
    this.variables = {
      ...{ ...this.variables, FLUXO },
      ...{ CLIENT_ID: told('client_id'), CLIENT_SECRET: told('client_secret') },
      ...{ ENVIRONMENT_ID: told('environment_id'), WID: told('wid') },
    };
  }

  async end(): Promise<void> {
    const server = this.#server;
    if (server !== undefined) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @returns the port that the server says it has */
  async #startServer(): Promise<number> {
    const args = ['packages/server/bin/fluxo.js', 'serve', '--port', '0', '--data', this.folder];
    const server = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#server = server;
    return new Promise((resolve, reject) => {
      let said = '';
      server.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const port = /:(\d+)/.exec(said)?.[1];
        if (port !== undefined) resolve(Number(port));
      });
      server.once('exit', (code) => reject(new Error(`The server ended (${String(code)}): ${said}`)));
    });
  }
}
