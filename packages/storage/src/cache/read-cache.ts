import type { EnvironmentId } from '@fluxo/core';
import type { ChangeListener, ChangeReader } from './change-reader.js';
import { frozen } from './frozen.js';

/** How something is read when nothing is remembered of it. */
export interface Lookup<T> {
  /** Of two different questions never the same. */
  readonly key: string;
  read(): Promise<T | undefined>;
  environmentOf(found: T): EnvironmentId;
}

interface Entry {
  readonly environmentId: EnvironmentId;
  readonly value: unknown;
  /** Since it was last looked at as the eldest. */
  used: boolean;
}

interface Fill {
  readonly version: number;
  readonly value: Promise<unknown>;
}

/** A thousand environments with a dozen applications each; an entry takes one or two kilobytes. */
const MAX_ENTRIES = 25_000;

/**
 * Remembers what was found, never that something was not: names that nobody has must not fill the memory.
 * When there is no more room, the eldest that nobody used goes. Any change of an environment drops all that is
 * remembered of it: changes are rare, and a rule without cases forgets none.
 */
export class ReadCache implements ChangeListener {
  readonly #reader: ChangeReader;
  readonly #maxEntries: number;
  /** The eldest first; one that was used begins anew when its turn comes (second chance). */
  readonly #entries = new Map<string, Entry>();
  readonly #fills = new Map<string, Fill>();
  /** Counts what was heard: what was read before a change isn't remembered after it. */
  #version = 0;

  constructor(reader: ChangeReader, maxEntries = MAX_ENTRIES) {
    this.#reader = reader;
    this.#maxEntries = maxEntries;
    reader.listen(this);
  }

  /** One number for as long as no change is heard of; undefined while nothing that was read before may be given out. */
  heard(): number | undefined {
    return this.#reader.isTrusted() ? this.#version : undefined;
  }

  get<T>(lookup: Lookup<T>): Promise<T | undefined> {
    // Asked first: by asking, the reader may hear of a change.
    if (!this.#reader.isTrusted()) return lookup.read();
    const { key } = lookup;
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      entry.used = true;
      return Promise.resolve(entry.value as T);
    }
    // A read that began before the last change may not have seen it: whoever asks now is not given its answer.
    const underWay = this.#fills.get(key);
    if (underWay?.version === this.#version) return underWay.value as Promise<T | undefined>;
    return this.#fill(lookup);
  }

  /** Called when a write of this process is over, whatever came of it. */
  drop(environmentId: EnvironmentId): void {
    this.changed(new Set([environmentId]));
  }

  changed(environmentIds: ReadonlySet<EnvironmentId>): void {
    this.#version += 1;
    for (const [key, entry] of this.#entries) {
      if (environmentIds.has(entry.environmentId)) this.#entries.delete(key);
    }
  }

  missed(): void {
    this.#version += 1;
    this.#entries.clear();
  }

  #fill<T>(lookup: Lookup<T>): Promise<T | undefined> {
    const version = this.#version;
    const value = lookup.read().then((found) => {
      if (found === undefined || version !== this.#version) return found;
      this.#remember(lookup.key, {
        environmentId: lookup.environmentOf(found),
        value: frozen(found),
        used: false,
      });
      return found;
    });
    const fill: Fill = { version, value };
    this.#fills.set(lookup.key, fill);
    const over = (): void => {
      if (this.#fills.get(lookup.key) === fill) this.#fills.delete(lookup.key);
    };
    value.then(over, over);
    return value;
  }

  #remember(key: string, entry: Entry): void {
    if (!this.#entries.has(key) && this.#entries.size >= this.#maxEntries) this.#forgetOne();
    this.#entries.set(key, entry);
  }

  #forgetOne(): void {
    for (const [key, entry] of this.#entries) {
      this.#entries.delete(key);
      if (!entry.used) return;
      entry.used = false;
      this.#entries.set(key, entry);
    }
  }
}
