import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, signedIn } from '../support/oauth.js';
import { useStage } from '../support/stage.js';
import type { HttpAnswer, TestApplication } from '../support/tenant.js';
import { authorizePath, pageOf } from '../support/visitor.js';

const stage = useStage();
let app: TestApplication;
beforeEach(async () => {
  stage.fluxo.clock.advance(10 * MINUTE);
  app = await stage.acme.application();
});

/** Follows an application's link in a browser that nobody has seen before. */
const begin = (remoteAddress: string, path = authorizePath(app, {}, 'standard')): Promise<HttpAnswer> =>
  stage.acme.send({ path, remoteAddress });

async function leaveOpen(count: number, address: (n: number) => string): Promise<void> {
  for (let begun = 0; begun < count; begun += 9) {
    const links = Array.from({ length: 9 }, (_, n) =>
      begin(address(begun + n), n % 2 === 0 ? '/account' : undefined),
    );
    expect(new Set((await Promise.all(links)).map(({ status }) => status))).toEqual(new Set([200]));
  }
}

const fromOffice = (n: number): string => `203.0.113.${n % 250}`;

describe('60 · links followed without end by somebody who never signs in', () => {
  test('a network begins 1,000 sign-ins in ten minutes and no more; who signs in doesn’t count', async () => {
    const ana = await signedIn(stage.acme, 'ana');
    const { username } = await stage.acme.user('bea');
    const bea = stage.acme.visitor({ remoteAddress: fromOffice(1) });
    const path = authorizePath(app, {}, 'standard');
    const page = await bea.get(path);
    await leaveOpen(999, fromOffice);

    expect((await bea.signInWithin(page, username)).status).toBe(303);
    expect((await begin(fromOffice(3))).status).toBe(200);

    for (const link of [path, '/account']) {
      const refused = await begin(fromOffice(4), link);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(600);
      expect(refused.body).toContain('Too many sign‑ins at once');
    }
    // Whoever is signed in there goes on, and so does every other network.
    expect(pageOf(await ana.send({ path, remoteAddress: fromOffice(5) })).page).toBe('consent');
    expect(pageOf(await begin('198.51.100.1')).page).toBe('sign-in-username');

    stage.fluxo.clock.advance(10 * MINUTE);
    expect(pageOf(await begin(fromOffice(6))).page).toBe('sign-in-username');
  });
});
