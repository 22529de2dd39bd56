import type { AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import type { Deeds } from './deeds.js';
import type { GrantModel } from './grant-model.js';
import type { RealLife } from './real-life.js';

export type Argument<D extends keyof Deeds> = Parameters<Deeds[D]>[0];

/** One deed in both worlds: they say the same of it, and afterwards look the same. */
export class Step<D extends keyof Deeds> implements AsyncCommand<GrantModel, RealLife> {
  readonly #name: D;
  readonly #deed: Argument<D>;

  constructor(name: D, deed: Argument<D>) {
    this.#name = name;
    this.#deed = deed;
  }

  check = (): boolean => true;

  async run(model: GrantModel, real: RealLife): Promise<void> {
    // Which deed goes with which argument was checked in the constructor; a union of methods forgets it.
    const inModel = model[this.#name].bind(model) as (deed: Argument<D>) => string;
    const inReality = real[this.#name].bind(real) as (deed: Argument<D>) => Promise<string>;
    const outcome = await inReality(this.#deed);
    expect(outcome, this.toString()).toBe(inModel(this.#deed));
    expect(await real.observe(), `after ${this.toString()}`).toEqual(model.observe());
  }

  toString(): string {
    return `${this.#name} ${JSON.stringify(this.#deed)}`;
  }
}
