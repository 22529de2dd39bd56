import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface ConsoleAsset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** What the build made of packages/console. Read when it is first asked for, then kept: it never changes while we run. */
export class ConsoleFiles {
  readonly #assets = new Map<string, Promise<ConsoleAsset>>();
  #folder: string | undefined;
  #names: ReadonlySet<string> | undefined;
  #index: string | undefined;

  /** The page that every path of the console begins with. @throws Error where the console was not built */
  index(): string {
    this.#index ??= readFileSync(join(this.#root(), 'index.html'), 'utf8');
    return this.#index;
  }

  /** Only what the folder itself lists: a name from outside is compared, never made into a path. */
  asset(name: string): Promise<ConsoleAsset> | undefined {
    const folder = join(this.#root(), 'assets');
    this.#names ??= new Set(readdirSync(folder));
    const type = TYPES[extname(name)];
    if (type === undefined || !this.#names.has(name)) return undefined;
    const known = this.#assets.get(name) ?? readAsset(join(folder, name), type);
    this.#assets.set(name, known);
    // What could not be read this once may be read the next time.
    known.catch(() => this.#assets.delete(name));
    return known;
  }

  #root(): string {
    // By the package's name: installed from npm, it lies elsewhere than in this repository.
    this.#folder ??= join(
      dirname(createRequire(import.meta.url).resolve('@fluxo/console/package.json')),
      'dist/app',
    );
    return this.#folder;
  }
}

async function readAsset(path: string, type: string): Promise<ConsoleAsset> {
  const plain = readFileSync(path);
  return { type, plain, gzipped: await compress(plain) };
}
