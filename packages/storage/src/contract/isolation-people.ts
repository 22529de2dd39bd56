import { usernameKey } from '@fluxo/core';
import { someDigest } from './contract-values.js';
import { ownOrRefused, probe } from './probe.js';

/** What people have beside their row. */
export const PEOPLE_PROBES = {
  users: {
    find: probe((ports, { user }) => ports.users.find(user.id), undefined),
    findWithPassword: probe((ports, { user }) => ports.users.findWithPassword(user.id), undefined),
    findByUsername: probe(
      (ports, { user }) => ports.users.findByUsername(usernameKey(user.username)),
      undefined,
    ),
    list: probe((ports) => ports.users.list(), []),
    create: ownOrRefused((ports, { user }, here) => ports.users.create({ ...here.userRow(), id: user.id })),
    update: probe(
      (ports, { user }, here) => ports.users.update(user.id, { enabled: false }, here.now),
      undefined,
    ),
    delete: probe((ports, { user }, here) => ports.users.delete(user.id, here.now), false),
  },
  secondFactors: {
    find: probe((ports, { user }) => ports.secondFactors.find(user.id), undefined),
    add: probe((ports, { user }, here) => ports.secondFactors.add(here.secondFactorRow(user)), 'refused'),
    useStep: probe((ports, { user }) => ports.secondFactors.useStep(user.id, 1000), false),
    useRecoveryCode: probe(
      (ports, { user, factor }, here) =>
        ports.secondFactors.useRecoveryCode(user.id, factor.recoveryDigests[0] ?? someDigest(), here.now),
      false,
    ),
    renewRecoveryCodes: probe(
      (ports, { user }, here) => ports.secondFactors.renewRecoveryCodes(user.id, [someDigest()], here.now),
      false,
    ),
    reseal: probe(
      (ports, { user, factor }) =>
        ports.secondFactors.reseal(user.id, factor.seed, { ...factor.seed, keyId: '0'.repeat(16) }),
      undefined,
    ),
    listSealedWith: probe(
      (ports, { factor }) =>
        ports.secondFactors.listSealedWith(factor.seed.keyId, { after: undefined, limit: 10 }),
      [],
    ),
    remove: probe((ports, { user }, here) => ports.secondFactors.remove(user.id, 'user', here.now), false),
  },
  passwordLinks: {
    issue: probe(
      (ports, { user, link }, here) => ports.passwordLinks.issue({ ...link, userId: user.id }, here.now),
      'gone',
    ),
    find: probe((ports, { user }) => ports.passwordLinks.find(user.id), undefined),
    redeem: probe(
      (ports, { link }, here) =>
        ports.passwordLinks.redeem({
          ...{ userId: link.userId, digest: link.digest, passwordHash: '$argon2id$new' },
          ...{ endsConnections: true, now: here.now },
        }),
      'gone',
    ),
  },
};
