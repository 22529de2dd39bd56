import fc, { type AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import { APPLICATIONS, USERS, type Deeds } from './deeds.js';
import type { Border, GrantModel } from './grant-model.js';
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

/** Goes to the last moment before a border, or to the first one behind it, and tries what it decides. */
class AtBorder implements AsyncCommand<GrantModel, RealLife> {
  readonly #place: { readonly grant: number; readonly border: Border; readonly early: boolean };

  constructor(place: { readonly grant: number; readonly border: Border; readonly early: boolean }) {
    this.#place = place;
  }

  check = (): boolean => true;

  async run(model: GrantModel, real: RealLife): Promise<void> {
    const { grant, border, early } = this.#place;
    const milliseconds = Math.max(0, model.untilBorder(grant, border) - (early ? 1 : 0));
    await new Step('pass', { milliseconds }).run(model, real);
    const deed =
      border === 'code'
        ? new Step('redeem', { grant, how: 'rightly' })
        : new Step('refresh', { grant, back: border === 'window' ? 1 : 0 });
    await deed.run(model, real);
  }

  toString(): string {
    return `at border ${JSON.stringify(this.#place)}`;
  }
}

const step = <D extends keyof Deeds>(name: D, deed: fc.Arbitrary<Argument<D>>) =>
  deed.map((argument) => new Step(name, argument));

const user = fc.nat({ max: USERS - 1 });
/** Mostly one that rotates without an end, or every life would be short. */
const application = fc.oneof(
  { weight: 2, arbitrary: fc.constant(3) },
  { weight: 3, arbitrary: fc.nat({ max: APPLICATIONS.length - 1 }) },
);
/** Mostly the newest. */
const newest = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat({ max: 5 }) },
);
const back = fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 1, 2, -1);
/** Both sides of every border: code, windows, idle, total age, absence. */
const milliseconds = fc.constantFrom(
  ...[1, SECOND, 29_999, 30_000, MINUTE, 2 * MINUTE - 1, 2 * MINUTE, HOUR],
  ...[8 * HOUR - 1, 8 * HOUR, 16 * HOUR, DAY - 1, DAY, 3 * DAY],
);

const redeem = step(
  'redeem',
  fc.record({
    grant: newest,
    how: fc.constantFrom('rightly', 'wrong-secret', 'wrong-url'),
  }),
);

const atBorder = fc
  .record({ grant: newest, border: fc.constantFrom('code', 'window', 'end'), early: fc.boolean() })
  .map((place) => new AtBorder(place));

/** What is named more often happens more often; what ends everything is rare, or nothing else would be seen. */
export const STEPS = [
  ...times(4, step('connect', fc.record({ user, application }))),
  ...times(2, step('authorize', fc.record({ user, application }))),
  ...times(6, atBorder),
  redeem,
  ...times(16, step('refresh', fc.record({ grant: newest, back }))),
  ...times(5, step('use', fc.record({ session: newest }))),
  ...times(4, step('flush', fc.constant({}))),
  ...times(5, step('pass', fc.record({ milliseconds }))),
  step('endSession', fc.record({ session: newest })),
  step('signIn', fc.record({ user })),
  step('revokeGrant', fc.record({ grant: newest })),
  step('revokeConsent', fc.record({ user, application })),
  step('giveBack', fc.record({ grant: newest, back, forged: fc.boolean() })),
  ...times(2, step('setUser', fc.record({ user, enabled: fc.constantFrom(true, true, false) }))),
  step('setApplication', fc.record({ application, enabled: fc.constantFrom(true, true, false) })),
  ...times(3, step('setRotation', fc.record({ application: fc.constantFrom(1, 3), rotation: fc.boolean() }))),
  step('restart', fc.record({ written: fc.boolean() })),
];

function times<T>(count: number, thing: T): readonly T[] {
  return Array.from({ length: count }, () => thing);
}
