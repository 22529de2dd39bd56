import type { Database } from 'better-sqlite3';

/**
 * What is read in one turn of the event loop reads one snapshot. A read by itself locks the file and lets go of it, and these
 * system calls take longer than the read. The snapshot ends with the turn, before the next requests are taken in, and
 * before anything is written: a read sees what was committed before its request came, and it may see less than
 * what another process commits in the same milliseconds.
 */
export class ReadSnapshot {
  readonly #database: Database;
  readonly #statements: Readonly<Record<'begin' | 'end' | 'rollback', { run(): unknown }>>;
  #open = false;
  #number = 0;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = {
      begin: database.prepare('BEGIN'),
      // The same as COMMIT; in a trace it tells which of the two it was.
      end: database.prepare('END'),
      rollback: database.prepare('ROLLBACK'),
    };
  }

  /** @returns the number of the snapshot: as long as it is the same, so is what can be read */
  enter(): number {
    if (this.#open) return this.#number;
    // A batch that could neither be committed nor rolled back: what it left behind is nothing to read.
    if (this.#database.inTransaction) this.#statements.rollback.run();
    this.#statements.begin.run();
    this.#open = true;
    this.#number += 1;
    setImmediate(this.leave);
    return this.#number;
  }

  leave = (): void => {
    if (!this.#open) return;
    this.#open = false;
    // An I/O error may have ended it already; and the database may be closed by now.
    if (!this.#database.open || !this.#database.inTransaction) return;
    try {
      this.#statements.end.run();
    } catch {
      // Whoever reads next finds it still open and rolls it back.
    }
  };

  /** To be called where promises were settled outside of a request: what they go on to read ends with them. */
  leaveSoon(): void {
    queueMicrotask(() => process.nextTick(this.leave));
  }
}
