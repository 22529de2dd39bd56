import fc from 'fast-check';
import { atBorder, atSessionEnd, disabledForAMoment, keptAfterRotation, repeatedTwice } from './aimed.js';
import { APPLICATIONS, USERS, type Deeds } from './deeds.js';
import { Step, type Argument } from './step.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

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

const early = fc.boolean();
const border = fc.constantFrom('code', 'window', 'end');
const end = fc.constantFrom('idle', 'total');

/** What is named more often happens more often; what ends everything is rare, or nothing else would be seen. */
export const STEPS = [
  ...times(4, step('connect', fc.record({ user, application }))),
  ...times(2, step('authorize', fc.record({ user, application }))),
  ...times(6, fc.record({ grant: newest, border, early }).map(atBorder)),
  ...times(2, fc.record({ session: newest, border: end, early }).map(atSessionEnd)),
  ...times(2, fc.record({ grant: newest, early, used: fc.boolean() }).map(repeatedTwice)),
  fc.record({ grant: newest }).map(keptAfterRotation),
  user.map(disabledForAMoment),
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
  step('setAbsoluteDays', fc.record({ application: fc.constant(1), days: fc.constantFrom(2, 3, null) })),
  step('restart', fc.record({ written: fc.boolean() })),
];

function times<T>(count: number, thing: T): readonly T[] {
  return Array.from({ length: count }, () => thing);
}
