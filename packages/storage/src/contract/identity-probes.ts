import { someDigest } from './contract-values.js';
import { ownOrRefused, probe } from './probe.js';

/** What is asked of isolation where other people's sign-ins are trusted. */
export const IDENTITY_PROBES = {
  identityProviders: {
    list: probe((ports) => ports.identityProviders.list(), []),
    find: probe((ports, { identityProvider: { id } }) => ports.identityProviders.find(id), undefined),
    findSecret: probe(
      (ports, { identityProvider: { id } }) => ports.identityProviders.findSecret(id),
      undefined,
    ),
    create: ownOrRefused((ports, { identityProvider }) =>
      ports.identityProviders.create({ ...identityProvider, name: 'Mine' }, undefined),
    ),
    update: probe(
      (ports, { identityProvider }) =>
        ports.identityProviders.update({ ...identityProvider, enabled: false }, null),
      'stale',
    ),
    delete: probe(
      (ports, { identityProvider: { id } }, here) => ports.identityProviders.delete(id, here.now),
      'stale',
    ),
    noteTest: probe(async (ports, { identityProvider: { id }, tenant }, here) => {
      const test = { at: here.now, refusal: null, mapped: [], received: [] };
      await ports.identityProviders.noteTest(id, test);
      return tenant.storage.identityProviders.lastTest(id);
    }, undefined),
    lastTest: probe((ports, { identityProvider: { id } }) => ports.identityProviders.lastTest(id), undefined),
    resealSecret: probe(async (ports, { identityProvider: { id }, tenant }) => {
      const secret = await tenant.storage.identityProviders.findSecret(id);
      return (
        secret === undefined ||
        ports.identityProviders.resealSecret(id, secret, { keyId: 'mine', bytes: someDigest() })
      );
    }, false),
  },
  federatedIdentities: {
    findUser: probe((ports, { identity }) => ports.federatedIdentities.findUser(identity), undefined),
    listOfUser: probe((ports, { user }) => ports.federatedIdentities.listOfUser(user.id), []),
    link: probe(
      (ports, { identity, user }, here) => ports.federatedIdentities.link(identity, user.id, here.now),
      'gone',
    ),
    unlink: probe(
      (ports, { identity, user }, here) =>
        ports.federatedIdentities.unlink(identity.providerId, user.id, here.now),
      false,
    ),
    provision: probe(
      (ports, { identity }, here) =>
        ports.federatedIdentities.provision(here.userRow(), { ...identity, federationId: 'eve' }),
      'identity-taken',
    ),
  },
  providerSessions: {
    find: probe((ports, { throughProvider }) => ports.providerSessions.find(throughProvider.id), undefined),
    end: probe((ports, { throughProvider: { kept }, identity: { providerId } }, here) => {
      const once = { digest: someDigest(), until: here.now + 1000, now: here.now };
      const { subjectDigest } = kept;
      return ports.providerSessions.end({ providerId, subjectDigest, indexes: [], once }, here.now);
    }, 0),
  },
};
