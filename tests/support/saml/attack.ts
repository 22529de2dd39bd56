import type { SamlStage } from './stage.js';

/** A response that must not be accepted: its name, and how it is made. Values in it may differ from run to run. */
export type SamlAttack = readonly [name: string, make: (stage: SamlStage) => string];

export const SIGNED_WAYS = ['assertion', 'response', 'both'] as const;

type Change = readonly [name: string, change: (xml: string) => string];

/** Each change to what the provider signed, in each way of signing: it was changed on the way. */
export function changedAfter(changes: readonly Change[]): readonly SamlAttack[] {
  return changes.flatMap(([name, change]) =>
    SIGNED_WAYS.map((what): SamlAttack => [
      `${name} (${what} signed)`,
      (stage) => change(stage.signed(what)),
    ]),
  );
}

/** Each change signed by the provider: the message is genuine, and isn't for us, for now, or for this request. */
export function changedBefore(plain: string, changes: readonly Change[]): readonly SamlAttack[] {
  return changes.flatMap(([name, change]) =>
    SIGNED_WAYS.map((what): SamlAttack => [
      `${name} (${what} signed)`,
      (stage) => {
        const changed = change(plain);
        const inner = what === 'response' ? changed : stage.sign(changed, 'Assertion');
        return what === 'assertion' ? inner : stage.sign(inner, 'Response');
      },
    ]),
  );
}
