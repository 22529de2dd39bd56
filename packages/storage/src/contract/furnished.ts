import { newOpaqueId, systemRandom, usernameKey, type UserId } from '@fluxo/core';
import type { Project, ProjectId } from '@fluxo/objects';
import { CALLBACK, someDigest } from './contract-values.js';
import { keyAuthorization, machineOf } from './machine-application.js';
import type { Tenant } from './tenant.js';

const LOGO = { png: Buffer.from([1, 2, 3]), version: 'v1' };
export const EVERYTHING = { filters: [], first: 0, limit: 100 };
const THROTTLE_KEY = someDigest();

/** One of everything that an environment can hold. */
export async function furnish(tenant: Tenant) {
  const user = await tenant.user();
  const redirectUrls = [CALLBACK, `https://${tenant.environment.domain}.example.com/cb`];
  const application = await tenant.application({ rememberConsent: true, redirectUrls });
  const spa = await tenant.application({ kind: 'spa', redirectUrls: ['https://spa.example.com/cb'] });
  const machine = await machineOf(tenant, user);
  const signed = keyAuthorization(tenant, machine);
  await tenant.storage.grants.authorizeByKey(signed);
  const secret = tenant.secret();
  await tenant.storage.applications.addSecret(application.clientId, secret, 10);
  await tenant.storage.applications.setLogo(application.clientId, LOGO);
  const grant = await tenant.connected({ user, application });
  await grant.refresh(1);
  const waiting = await tenant.authorized({ user, application });
  const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
  const browser = await tenant.signIn(user);
  const project: Project = {
    id: newOpaqueId<UserId>(systemRandom) as string as ProjectId,
    ...{ name: 'Bridge', status: 'CUR', percentComplete: 0, priority: 1 },
    ...{ plannedStartDate: null, plannedCompletionDate: null },
  };
  await tenant.storage.projects.add([project]);
  const rule = { key: THROTTLE_KEY, limit: 1, windowMs: 1000 };
  await tenant.storage.throttle.take([rule], tenant.now);
  const usedOnce = someDigest();
  await tenant.storage.replay.useOnce(usedOnce, tenant.now + 1000, tenant.now);
  const identityProvider = await tenant.identityProvider({}, { keyId: 'key', bytes: someDigest() });
  const identity = { providerId: identityProvider.id, federationId: 'ada' };
  await tenant.storage.federatedIdentities.link(identity, user.id, tenant.now);
  const kept = tenant.providerSession();
  const throughProvider = { kept, id: await tenant.signInThrough(user, { ...identity, session: kept }) };
  const sent = { providerId: identityProvider.id, stateDigest: someDigest(), memory: 'nonce' };
  await tenant.storage.flows.sendToProvider(flow.id, sent);
  const factor = tenant.secondFactorRow(user);
  await tenant.storage.secondFactors.add(factor);
  const link = tenant.passwordLink(user);
  await tenant.storage.passwordLinks.issue(link, tenant.now);
  const { consentId } = await tenant.consentOf(grant);
  return {
    ...{ user, application, spa, secret, grant, waiting, flow, browser, project, rule, usedOnce, consentId },
    ...{ identityProvider, identity, sent, factor, link, machine, signed },
    ...{ identityProvider, identity, throughProvider, sent, factor, link },
    tenant,
  };
}

export type Furnished = Awaited<ReturnType<typeof furnish>>;
/** All that can be read of an environment. */
export async function stateOf({
  tenant,
  user,
  application,
  flow,
  browser,
  grant,
  waiting,
  secret,
  identityProvider,
  identity,
  machine,
  signed,
  throughProvider,
}: Furnished) {
  const { applications, users, flows, grants, sessions, audit, projects } = tenant.storage;
  const { identityProviders, federatedIdentities, providerSessions } = tenant.storage;
  const { secondFactors, passwordLinks } = tenant.storage;
  const { clientId } = application;
  return [
    await applications.list(),
    await applications.findCredentials(clientId),
    await applications.findLogo(clientId),
    await applications.findCredentials(machine.application.clientId),
    await applications.listKeys(machine.application.clientId),
    await sessions.find(signed.session.id),
    await users.list(),
    await users.findByUsername(usernameKey(user.username)),
    await secondFactors.find(user.id),
    await passwordLinks.find(user.id),
    await flows.find(flow.id),
    await grants.list({}),
    await grants.listConsents(user.id),
    await sessions.find(browser),
    await sessions.find(throughProvider.id),
    await providerSessions.find(throughProvider.id),
    await sessions.find(grant.sessionId),
    await sessions.listOfUser(user.id),
    await audit.list(1000),
    await tenant.storage.auditSeals.totals(),
    await projects.search(EVERYTHING),
    await identityProviders.list(),
    await identityProviders.findSecret(identityProvider.id),
    await federatedIdentities.findUser(identity),
    await federatedIdentities.listOfUser(user.id),
    [waiting.id, secret.id],
  ];
}
