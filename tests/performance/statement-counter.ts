import SqliteDatabase, { type Database } from 'better-sqlite3';

type Method = 'run' | 'get' | 'all';
type Carry = (this: SqliteDatabase.Statement, ...parameters: unknown[]) => unknown;
type Methods = Record<Method, Carry>;
const METHODS: readonly Method[] = ['run', 'get', 'all'];

/** Notes each statement that any SQLite connection of this process carries out. No machine is slow or fast to it. */
export class StatementCounter {
  /** Each text that was carried out so far. */
  readonly texts = new Set<string>();
  #sources: string[] = [];
  #database: Database | undefined;
  readonly #prototype: Methods;
  readonly #originals: Readonly<Methods>;

  constructor() {
    const memory = new SqliteDatabase(':memory:');
    this.#prototype = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Methods;
    memory.close();
    const { run, get, all } = this.#prototype;
    this.#originals = { run, get, all };
    for (const name of METHODS) this.#prototype[name] = this.#counting(this.#originals[name]);
  }

  /** The statements that `work` brings about, each as its first words: `UPDATE grants`, `COMMIT`. */
  async during(work: () => Promise<unknown>): Promise<readonly string[]> {
    this.#sources = [];
    await work();
    return this.#sources.map(summaryOf);
  }

  /** The connection that carried out the last statement. */
  get connection(): Database {
    if (this.#database === undefined) throw new Error('No statement was carried out yet.');
    return this.#database;
  }

  restore(): void {
    Object.assign(this.#prototype, this.#originals);
  }

  #counting(original: Carry): Carry {
    const note = (statement: SqliteDatabase.Statement): void => {
      this.#sources.push(statement.source);
      this.texts.add(statement.source);
      this.#database = statement.database;
    };
    return function (...parameters) {
      note(this);
      return original.apply(this, parameters);
    };
  }
}

/** The verb and the first table that is named. */
function summaryOf(source: string): string {
  if (source.startsWith('BEGIN')) return source;
  const [verb = ''] = source.trim().split(/\s/, 1);
  const table = /\b(?:from|into|update)\s+"?([a-z_]+)"?/i.exec(source)?.[1];
  return table === undefined ? verb.toUpperCase() : `${verb.toUpperCase()} ${table}`;
}
