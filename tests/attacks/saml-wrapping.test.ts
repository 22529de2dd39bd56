import { beforeAll, describe, expect, test } from 'vitest';
import { SIGNED_WAYS } from '../support/saml/attack.js';
import { ANA, outcomeOf, samlStage, type SamlStage } from '../support/saml/stage.js';
import { SIGNED_OTHERWISE, WRAPPING_ATTACKS } from '../support/saml/wrapping-attacks.js';

let stage: SamlStage;
beforeAll(async () => {
  stage = await samlStage();
});

describe('67 · signature wrapping: something signed beside something forged', () => {
  test.each(SIGNED_WAYS)('the twin: what the provider sent, %s signed', async (what) => {
    expect(outcomeOf(await stage.accept(stage.signed(what)))).toBe(`accepted: ${ANA}`);
  });

  test.each(WRAPPING_ATTACKS)('%s', async (_name, make) => {
    expect(outcomeOf(await stage.accept(make(stage)))).toMatch(/^refused: /);
  });

  test.each(SIGNED_OTHERWISE)('%s', async (_name, make) => {
    expect(outcomeOf(await stage.accept(make(stage)))).toMatch(/^refused: /);
  });
});
