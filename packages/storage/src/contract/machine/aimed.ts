import type { AsyncCommand } from 'fast-check';
import type { Border, GrantModel } from './grant-model.js';
import type { RealLife } from './real-life.js';
import { SETTINGS, type Deeds } from './deeds.js';
import { Step, type Argument } from './step.js';

/** Steps in an order that chance alone would seldom find; none where there is nothing to aim at. */
export type Plan = (model: GrantModel) => Iterable<Steps>;
type Steps = Pick<Step<keyof Deeds>, 'run'>;

export class Aimed implements AsyncCommand<GrantModel, RealLife> {
  readonly #name: string;
  readonly #plan: Plan;

  constructor(name: string, plan: Plan) {
    this.#name = name;
    this.#plan = plan;
  }

  check = (model: GrantModel): boolean => [...this.#plan(model)].length > 0;

  async run(model: GrantModel, real: RealLife): Promise<void> {
    const steps = [...this.#plan(model)];
    for (const step of steps) await step.run(model, real);
  }

  toString(): string {
    return this.#name;
  }
}

const step = <D extends keyof Deeds>(name: D, deed: Argument<D>): Steps => new Step(name, deed);
const pass = (milliseconds: number): Steps => step('pass', { milliseconds });
const IDLE_MS = SETTINGS.sessionIdleTimeoutMs;

/** Goes to the last moment before a border, or to the first one behind it, and tries what it decides. */
export function atBorder(place: { grant: number; border: Border; early: boolean }): Aimed {
  const { grant, border, early } = place;
  return new Aimed(`at border ${JSON.stringify(place)}`, (model) => [
    pass(Math.max(0, model.untilBorder(grant, border) - (early ? 1 : 0))),
    border === 'code'
      ? step('redeem', { grant, how: 'rightly' })
      : step('refresh', { grant, back: border === 'window' ? 1 : 0 }),
  ]);
}

/** The same for a session's own end. To reach its total age, it is used whenever it would end of idleness. */
export function atSessionEnd(place: { session: number; border: 'idle' | 'total'; early: boolean }): Aimed {
  const { session, border, early } = place;
  return new Aimed(`at session's end ${JSON.stringify(place)}`, function* (model) {
    const end = model.untilSessionEnds(session);
    if (end === undefined) return;
    let [left, idle] = [(border === 'idle' ? end.idleMs : end.totalMs) - (early ? 1 : 0), end.idleMs];
    for (; border === 'total' && idle <= left; idle = IDLE_MS) {
      yield pass(idle - 1);
      yield step('use', { session });
      left -= idle - 1;
    }
    yield pass(left);
    yield step('use', { session });
  });
}

/** Without rotation the refresh token stays; its use shows that the rotation before it arrived. */
export function keptAfterRotation(place: { grant: number }): Aimed {
  const { grant } = place;
  return new Aimed(`kept after a rotation ${JSON.stringify(place)}`, (model) => {
    const aim = model.refreshable(grant);
    if (aim?.kind !== 'web') return [];
    const { application } = aim;
    return [
      step('setRotation', { application, rotation: true }),
      step('refresh', { grant, back: 0 }),
      step('setRotation', { application, rotation: false }),
      step('refresh', { grant, back: 0 }),
      step('setRotation', { application, rotation: true }),
      step('refresh', { grant, back: 1 }),
    ];
  });
}

/** The answer was lost, and its session ended unused before the repeat: another one takes its place, once. */
export function repeatedTwice(place: { grant: number; early: boolean; used: boolean }): Aimed {
  const { grant, early, used } = place;
  return new Aimed(`repeated twice ${JSON.stringify(place)}`, (model) => {
    if (model.refreshable(grant)?.kind !== 'web') return [];
    const useIt = [step('use', { session: 0 }), step('flush', {})];
    return [
      step('refresh', { grant, back: 0 }),
      pass(IDLE_MS - (early ? 1 : 0)),
      step('refresh', { grant, back: 1 }),
      ...(used ? useIt : []),
      step('refresh', { grant, back: 1 }),
    ];
  });
}

/** What was given out before lives no more, although the user may again. */
export function disabledForAMoment(user: number): Aimed {
  return new Aimed(`user ${user} disabled for a moment`, () => [
    step('setUser', { user, enabled: false }),
    step('setUser', { user, enabled: true }),
  ]);
}
