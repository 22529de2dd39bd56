import { randomBytes, randomFillSync } from 'node:crypto';
import type { EnvironmentId } from './ids.js';
import type { KeyRing } from './keys/key-ring.js';

/** Time comes in through a port, so that a test lane can have its own. All times are epoch milliseconds. */
export interface Clock {
  /** The environment's time: never behind the real one, by which expired rows are removed. */
  readonly now: (environmentId: EnvironmentId) => number;
  /** Never simulated: identifiers are ordered by it. */
  readonly real: () => number;
}

/** Chance comes in through a port. Must be cryptographically strong. */
export interface Random {
  bytes(size: number): Uint8Array;
}

/** What every feature may need from outside. */
export interface Essentials {
  readonly clock: Clock;
  readonly random: Random;
  readonly keyRing: KeyRing;
}

const realTime = (): number => Date.now();
/** No environment has a time of its own. */
export const systemClock: Clock = { now: realTime, real: realTime };
/**
 * A clock that never goes back while the process lives: what has expired stays expired when somebody sets
 * the machine's time back. Until the time is made good, it stands still.
 */
export function forwardOnly(clock: Clock): Clock {
  const real = forward(() => clock.real());
  // The usual case: nothing is looked up for each request.
  if (clock.now === clock.real) return { now: real, real };
  const own = new Map<EnvironmentId, () => number>();
  const now = (id: EnvironmentId): number => {
    const known = own.get(id);
    if (known !== undefined) return known();
    const fresh = forward(() => clock.now(id));
    own.set(id, fresh);
    return fresh();
  };
  return { now, real };
}

function forward(time: () => number): () => number {
  let latest = 0;
  return () => {
    latest = Math.max(latest, time());
    return latest;
  };
}

const POOL_BYTES = 4_096;
const POOLED_AT_MOST_BYTES = 64;

/**
 * The system is asked for much at once, for it takes as long over eight bytes as over hundreds. No byte is
 * given out twice, and what was given out is wiped here.
 */
class RandomPool implements Random {
  readonly #pool = Buffer.alloc(POOL_BYTES);
  #used = POOL_BYTES;

  bytes(size: number): Uint8Array {
    if (size > POOLED_AT_MOST_BYTES) return randomBytes(size);
    if (this.#used + size > POOL_BYTES) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    const given = this.#pool.subarray(this.#used, this.#used + size);
    const bytes = new Uint8Array(given);
    given.fill(0);
    this.#used += size;
    return bytes;
  }
}

export const systemRandom: Random = new RandomPool();

const VERSION_7 = 0x7000;
const MOST_COUNTED = 0x0fff;
/** How many identifiers this process made in the latest millisecond. */
const latest = { at: 0, count: 0 };

/**
 * A time-ordered identifier (the layout of UUIDv7, RFC 9562 §5.7), so that inserts append to the index. Those of one
 * process and one millisecond are counted (§6.2, method 1): what happened first stands first, in the log too.
 */
export function newOrderedId<I extends string>(essentials: Pick<Essentials, 'clock' | 'random'>): I {
  const bytes = Buffer.from(essentials.random.bytes(16));
  const at = essentials.clock.real();
  latest.count = at === latest.at ? Math.min(latest.count + 1, MOST_COUNTED) : 0;
  latest.at = at;
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt16BE(VERSION_7 | latest.count, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex') as I;
}

/** An identifier that tells nothing, not even its age: for what outsiders see (`client_id`, `wid`). */
export function newOpaqueId<I extends string>(random: Random): I {
  return Buffer.from(random.bytes(16)).toString('hex') as I;
}
