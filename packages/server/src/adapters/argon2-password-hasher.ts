import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { UnavailableError, type PasswordHasher } from '@fluxo/core';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. argon2id is the library's default algorithm. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface HasherLimits {
  /** How many run at once: each holds 19 MiB and a core. */
  readonly concurrent: number;
  /** How many wait; further ones are refused at once. */
  readonly waiting: number;
}

const WAITING = 64;

/** Of one of several processes that share this machine: together they hash and wait as one alone would. */
export function hasherLimits(processes: number): HasherLimits {
  return {
    concurrent: Math.max(2, Math.ceil(availableParallelism() / processes)),
    waiting: Math.ceil(WAITING / processes),
  };
}

/** argon2id, bounded: a flood of sign-ins costs the other endpoints neither memory nor time. */
export class Argon2PasswordHasher implements PasswordHasher {
  readonly #limits: HasherLimits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #decoy: Promise<string> | undefined;

  constructor(limits: HasherLimits = hasherLimits(1)) {
    this.#limits = limits;
  }

  hash(password: string): Promise<string> {
    return this.#bounded(() => hash(password, PARAMETERS));
  }

  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const right = await this.#bounded(async () =>
      verify(passwordHash ?? (await this.#decoyHash()), password),
    );
    return right && passwordHash !== undefined;
  }

  /** A hash that no password fits: who doesn't exist takes as long as who does. */
  #decoyHash(): Promise<string> {
    this.#decoy ??= hash(randomBytes(32).toString('base64'), PARAMETERS);
    return this.#decoy;
  }

  /** Ready before the first sign-in, so that not even the first one tells. */
  async prepare(): Promise<void> {
    await this.#decoyHash();
  }

  async #bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limits.concurrent) {
      if (this.#waiting.length >= this.#limits.waiting) {
        throw new UnavailableError('As many passwords are being checked as may be.', {
          retryAfterSeconds: 2,
        });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      // Hands its place to the next one; only without one the count goes down.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
