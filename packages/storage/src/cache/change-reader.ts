import type { EnvironmentId } from '@fluxo/core';

/** What a reader of `change_log` tells whoever remembers something. */
export interface ChangeListener {
  /** Something of these environments was changed, whoever changed it. */
  changed(environmentIds: ReadonlySet<EnvironmentId>): void;
  /** Anything may have changed: some of what happened is not in the log any more. */
  missed(): void;
}

/** Hears of what others change in the database. Each kind of database has its own. */
export interface ChangeReader {
  /** From now on told of every change, before `isTrusted` says yes to anybody who could notice it. */
  listen(listener: ChangeListener): void;
  /** Whether it has heard from the database recently enough for what is remembered to be given out. Must not throw. */
  isTrusted(): boolean;
}
