import fc, { type AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import { APPLICATIONS, USERS, type Deeds } from './deeds.js';
import type { GrantModel } from './grant-model.js';
import type { RealLife } from './real-life.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Argument<D extends keyof Deeds> = Parameters<Deeds[D]>[0];

/** One deed in both worlds: they say the same of it, and afterwards look the same. */
class Step<D extends keyof Deeds> implements AsyncCommand<GrantModel, RealLife> {
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

const step = <D extends keyof Deeds>(name: D, deed: fc.Arbitrary<Argument<D>>) =>
  deed.map((argument) => new Step(name, argument));

const user = fc.nat({ max: USERS - 1 });
const application = fc.nat({ max: APPLICATIONS.length - 1 });
/** Mostly the newest. */
const newest = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat({ max: 5 }) },
);
const back = fc.constantFrom(0, 0, 0, 1, 1, 1, 2, -1);
/** Both sides of every border: code, windows, idle, total age, absence. */
const milliseconds = fc.constantFrom(
  ...[1, SECOND, 29_999, 30_000, MINUTE, 2 * MINUTE - 1, 2 * MINUTE, HOUR],
  ...[8 * HOUR - 1, 8 * HOUR, 16 * HOUR, DAY - 1, DAY, 3 * DAY],
);

const authorize = step('authorize', fc.record({ user, application }));
const redeem = step(
  'redeem',
  fc.record({
    grant: newest,
    how: fc.constantFrom('rightly', 'rightly', 'rightly', 'rightly', 'wrong-secret', 'wrong-url'),
  }),
);
const refresh = step('refresh', fc.record({ grant: newest, back }));
const use = step('use', fc.record({ session: newest }));
const pass = step('pass', fc.record({ milliseconds }));
const flush = step('flush', fc.constant({}));

/** What is named more often happens more often. */
export const STEPS = [
  ...[authorize, authorize, redeem, redeem, redeem],
  ...[refresh, refresh, refresh, refresh, refresh, refresh],
  ...[use, use, flush, flush, pass, pass, pass],
  step('endSession', fc.record({ session: newest })),
  step('signIn', fc.record({ user })),
  step('revokeGrant', fc.record({ grant: newest })),
  step('revokeConsent', fc.record({ user, application })),
  step('giveBack', fc.record({ grant: newest, back, forged: fc.boolean() })),
  step('setUser', fc.record({ user, enabled: fc.constantFrom(true, true, false) })),
  step('setApplication', fc.record({ application, enabled: fc.constantFrom(true, true, false) })),
  step('setRotation', fc.record({ application: fc.constantFrom(0, 1, 3), rotation: fc.boolean() })),
  step('restart', fc.record({ written: fc.boolean() })),
];
