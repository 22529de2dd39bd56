import { describe, expect, it } from 'vitest';
import type { ContractEnvironment, ContractHouse } from './contract-house.js';
import { someDigest } from './contract-values.js';
import { EVERYTHING, furnish, stateOf } from './furnished.js';
import { APPLICATION_PROBES } from './application-probes.js';
import { AUDIT_PROBES, AUDIT_SEAL_PROBES } from './audit-probes.js';
import { IDENTITY_PROBES } from './identity-probes.js';
import { keyAuthorization } from './machine-application.js';
import { PEOPLE_PROBES } from './isolation-people.js';
import { OVERVIEW_PROBES } from './overview-probes.js';
import { ownOrRefused, probe, type Probe } from './probe.js';

type Probes = { readonly [Port in keyof ContractEnvironment]: Readonly<Record<string, Probe>> };
/** What a row that is kept as the caller’s own leaves in its own audit trail. */
const OWN: readonly string[] = ['user.created', 'identity-provider.created', 'token.refused'];
const ended = { kind: 'refused', reason: 'unknown' };

const PROBES: Probes = {
  applications: APPLICATION_PROBES,
  ...OVERVIEW_PROBES,
  flows: {
    begin: ownOrRefused((ports, { flow }) => ports.flows.begin(flow)),
    find: probe((ports, { flow }) => ports.flows.find(flow.id), undefined),
    setUsername: probe((ports, { flow }) => ports.flows.setUsername(flow.id, 'eve'), undefined),
    sendToProvider: probe((ports, { flow, sent }) => ports.flows.sendToProvider(flow.id, sent), undefined),
    takeProviderAnswer: probe(
      (ports, { flow, sent: { providerId, stateDigest } }, here) =>
        ports.flows.takeProviderAnswer({
          ...{ flowId: flow.id, providerId, stateDigest, newFlowDigest: someDigest(), now: here.now },
        }),
      undefined,
    ),
    restart: probe((ports, { flow }) => ports.flows.restart(flow.id, someDigest()), undefined),
    prove: probe(
      (ports, { flow, user }, here) =>
        ports.flows.prove({
          ...{ flowId: flow.id, expectedFlowDigest: flow.digest, newFlowDigest: someDigest(), now: here.now },
          proof: { userId: user.id, by: { kind: 'password' }, expiresAt: here.now + 1000 },
        }),
      'gone',
    ),
    signIn: probe(
      (ports, { flow, user, browser, grant }, here) =>
        ports.flows.signIn({
          ...{ flowId: flow.id, expectedFlowDigest: flow.digest, newFlowDigest: someDigest() },
          session: { id: grant.newSession().id, digest: someDigest(), userAgent: null },
          ...{ userId: user.id, proof: { kind: 'password' }, secondFactor: 'none' },
          ...{ previousSessionId: browser, sessionIdleTimeoutMs: 1000, now: here.now },
        }),
      'gone',
    ),
    cancel: probe((ports, { flow, user }, here) => ports.flows.cancel(flow.id, user.id, here.now), 'gone'),
    end: probe((ports, { flow }) => ports.flows.end(flow.id), undefined),
  },
  grants: {
    authorize: probe(
      (ports, { flow, user, application, tenant }) =>
        ports.grants.authorize(tenant.authorization(user, application), flow.id),
      'gone',
    ),
    authorizeRemembered: probe(
      (ports, { user, application, tenant }) =>
        ports.grants.authorizeRemembered(tenant.authorization(user, application)),
      'not-remembered',
    ),
    authorizeByKey: probe(
      (ports, { machine, tenant }) => ports.grants.authorizeByKey(keyAuthorization(tenant, machine)),
      'gone',
    ),
    redeemAuthorizationCode: probe(
      (ports, { waiting }) => ports.grants.redeemAuthorizationCode(waiting.redemption()),
      ended,
    ),
    rotateRefreshToken: probe(
      (ports, { grant }) => ports.grants.rotateRefreshToken(grant.refreshInput(2)),
      ended,
    ),
    replaceSuccessorSession: probe(
      (ports, { grant }, here) =>
        ports.grants.replaceSuccessorSession({
          ...{ grantId: grant.id, generation: 2, expected: grant.sessionId },
          ...{ session: grant.newSession(), now: here.now },
        }),
      false,
    ),
    revokeGrant: probe(
      (ports, { grant }, here) =>
        ports.grants.revokeGrant(grant.id, 'revoked-by-administrator', { now: here.now }),
      false,
    ),
    revokeByRefreshToken: probe(
      (ports, { grant }, here) =>
        ports.grants.revokeByRefreshToken(
          { id: grant.id, presented: grant.refreshInput(2).presented },
          { now: here.now, clientId: grant.application.clientId },
        ),
      undefined,
    ),
    revokeConsent: probe(
      (ports, { consentId, user }, here) => ports.grants.revokeConsent(consentId, user.id, here.now),
      false,
    ),
    disconnect: probe(
      (ports, { user }, here) => ports.grants.disconnect({ userId: user.id }, 9, here.now),
      0,
    ),
    listConsents: probe((ports, { user }) => ports.grants.listConsents(user.id), []),
    list: probe((ports, { user }) => ports.grants.list({ userId: user.id }), []),
    find: probe((ports, { grant }) => ports.grants.find(grant.id), undefined),
    findByRefreshToken: probe(
      (ports, { grant }) =>
        ports.grants.findByRefreshToken({ id: grant.id, presented: grant.refreshInput(2).presented }),
      undefined,
    ),
  },
  sessions: {
    find: probe((ports, { grant }) => ports.sessions.find(grant.sessionId), undefined),
    end: probe((ports, { browser }, here) => ports.sessions.end(browser, here.now), undefined),
    endAllOfUser: probe((ports, { user }, here) => ports.sessions.endAllOfUser(user.id, here.now), undefined),
    listOfUser: probe((ports, { user }) => ports.sessions.listOfUser(user.id), []),
  },
  ...PEOPLE_PROBES,
  throttle: {
    take: probe((ports, { rule }, here) => ports.throttle.take([rule], here.now), undefined),
    giveBack: probe((ports, { rule }, here) => ports.throttle.giveBack([rule], here.now), undefined),
  },
  // What was used there was not used here.
  replay: {
    useOnce: probe(
      (ports, { usedOnce }, here) => ports.replay.useOnce(usedOnce, here.now + 1000, here.now),
      true,
    ),
  },
  ...IDENTITY_PROBES,
  audit: {
    list: probe(
      async (ports) => (await ports.audit.list(100)).map(({ type }) => type),
      ['environment.created'],
    ),
    ...AUDIT_PROBES,
  },
  auditSeals: AUDIT_SEAL_PROBES,
  projects: {
    search: probe((ports) => ports.projects.search(EVERYTHING), []),
    find: probe((ports, { project }) => ports.projects.find(project.id), undefined),
    // Identifiers of projects are an environment's own.
    add: probe((ports, { project }) => ports.projects.add([{ ...project, name: 'Mine' }]), undefined),
  },
};

export function describeIsolation(house: ContractHouse): void {
  describe('what is another environment’s is as if it did not exist', () => {
    const probes = Object.entries(PROBES).flatMap(([port, methods]) =>
      Object.entries(methods).map(
        ([method, { call, answer }]) => [`${port}.${method}`, call, answer] as const,
      ),
    );

    it.each(probes)('for %s', async (_name, call, answer) => {
      const there = await furnish(await house.tenant());
      const here = await house.tenant();
      const before = await stateOf(there);

      expect(await call(here.storage, there, here)).toEqual(answer);

      expect(await stateOf(there)).toEqual(before);
      const audited = (await here.auditTypes()).filter((type) => !OWN.includes(type));
      expect(audited).toEqual(['environment.created']);
      expect((await there.grant.refresh(2)).kind).toBe('refreshed');
      expect((await there.waiting.redeem()).kind).toBe('redeemed');
      const { storage, now } = there.tenant;
      expect(await storage.throttle.take([there.rule], now)).toBeDefined();
      expect(await storage.replay.useOnce(there.usedOnce, now + 1000, now)).toBe(false);
    });

    it('and every operation of every port is asked here', async () => {
      const { storage } = await house.tenant();
      const names = (ports: object): string[] =>
        Object.entries(ports).flatMap(([port, methods]) =>
          Object.keys(methods as object).map((method) => `${port}.${method}`),
        );
      expect(names(storage).sort()).toEqual(names(PROBES).sort());
    });

    it('and a use that names the wrong environment is not noted', async () => {
      const there = await furnish(await house.tenant());
      const { grant, user, browser } = there;
      const { id: environmentId } = (await house.tenant()).environment;
      const before = await stateOf(there);
      const use = { environmentId, userId: user.id, first: true, at: there.tenant.now + 1, idleExpiresAt: 0 };
      const uses = [
        { ...use, sessionId: grant.sessionId, grantId: grant.id, origin: 'application' as const },
        { ...use, sessionId: browser, grantId: null, origin: 'browser' as const },
      ];
      const secrets = new Map([[there.secret.id, { environmentId, at: use.at }]]);
      await house.storage.recordUsage({ sessions: uses, secrets });
      expect(await stateOf(there)).toEqual(before);
      expect((await grant.refresh(1)).kind).toBe('repeated');
    });
  });
}
