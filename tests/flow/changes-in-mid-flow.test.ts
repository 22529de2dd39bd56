import { afterAll, beforeAll, expect, test } from 'vitest';
import { Administrator } from '../support/administrator.js';
import { startFluxo, type TestFluxo } from '../support/fluxo.js';
import type { TestTenant } from '../support/tenant.js';
import { pageOf } from '../support/visitor.js';

let fluxo: TestFluxo;
let acme: TestTenant;

beforeAll(async () => {
  fluxo = await startFluxo();
  acme = await fluxo.environment('acme');
  await acme.user('ana');
});

afterAll(() => fluxo.close());

async function withoutFirstRedirectUrl(
  decision: 'allow' | 'cancel',
  remove: boolean,
): Promise<string | undefined> {
  const urls = ['https://app.example/old', 'https://app.example/new'];
  const app = await acme.application({ redirectUrls: urls });
  const visitor = acme.visitor();
  await visitor.signIn('ana');
  const consent = await visitor.authorize(app);
  await new Administrator(acme).changeApplication(app, { redirectUrls: remove ? urls.slice(1) : urls });
  const answer = await visitor.decide(consent, decision);
  if (remove) expect(pageOf(answer).problem).toBe('flow-not-yours');
  return answer.headers['location'];
}

test.each(['allow', 'cancel'] as const)(
  '%s leads nowhere once an administrator removed the redirect URL',
  async (decision) => {
    expect(await withoutFirstRedirectUrl(decision, false)).toMatch(/^https:\/\/app\.example\/old\?/);
    expect(await withoutFirstRedirectUrl(decision, true)).toBeUndefined();
  },
);

test('no redirect URL leads to this server, however its name is written', async () => {
  await expect(acme.application({ redirectUrls: ['https://acme.example/cb'] })).resolves.toBeDefined();
  for (const host of [
    'acme.my.localhost',
    'acme.my.localhost.',
    'other.preview.localhost',
    'ACME.my.localhost',
  ]) {
    await expect(acme.application({ redirectUrls: [`https://${host}/cb`] })).rejects.toThrow(
      /this server|normal form/,
    );
  }
});

test('the audit trail says when a person first consented, and each grant under it', async () => {
  const app = await acme.application({ name: 'Audited' });
  await acme.connect(app, 'ana');
  await acme.connect(app, 'ana');
  const events = (await acme.storage.audit.list(100)).filter((event) => event.clientId === app.clientId);
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  expect(count('consent.given')).toBe(1);
  expect(count('grant.authorized')).toBe(2);
  expect(count('grant.redeemed')).toBe(2);
});
