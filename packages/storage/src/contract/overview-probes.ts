import { probe } from './probe.js';

/** What is asked of isolation where administrators look. */
export const OVERVIEW_PROBES = {
  overview: {
    applications: probe(
      async (ports, _there, here) => (await ports.overview.applications({}, { limit: 9 }, here.now)).items,
      [],
    ),
    application: probe(
      (ports, { application }, here) => ports.overview.application(application.clientId, here.now),
      undefined,
    ),
    users: probe(
      async (ports, _there, here) => (await ports.overview.users({}, { limit: 9 }, here.now)).items,
      [],
    ),
    user: probe((ports, { user }, here) => ports.overview.user(user.id, here.now), undefined),
    connections: probe(
      async (ports, { user, application: { clientId } }, here) => [
        ...(await ports.overview.connections({}, { limit: 9 }, here.now)).items,
        ...(await ports.overview.connections({ userId: user.id, clientId }, { limit: 9 }, here.now)).items,
      ],
      [],
    ),
    environment: probe(
      async (ports, { tenant }) => (await ports.overview.environment())?.thing.id === tenant.environment.id,
      false,
    ),
    identityProviders: probe(
      async (ports) => (await ports.overview.identityProviders({ limit: 9 })).items,
      [],
    ),
    identityProvider: probe(
      (ports, { identityProvider }) => ports.overview.identityProvider(identityProvider.id),
      undefined,
    ),
  },
};
