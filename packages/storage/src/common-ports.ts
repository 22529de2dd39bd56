import { bindOperations, type OperationRunner } from './bind-operations.js';
import { cachedApplicationStore } from './cache/cached-application-store.js';
import { cachedIdentityProviderStore } from './cache/cached-identity-provider-store.js';
import type { ReadCache } from './cache/read-cache.js';
import type { EnvironmentPorts } from './environment-ports.js';
import type { Makers } from './ports-on-demand.js';
import { applicationOperations } from './operations/applications.js';
import { auditSealOperations } from './operations/audit-seals.js';
import { auditOperations } from './operations/audit.js';
import { federatedIdentityOperations } from './operations/federated-identities.js';
import { flowOperations } from './operations/flows.js';
import { identityProviderOperations } from './operations/identity-providers.js';
import { overviewOperations } from './operations/overview.js';
import { passwordLinkOperations } from './operations/password-links.js';
import { projectOperations } from './operations/projects.js';
import { providerSessionOperations } from './operations/provider-sessions.js';
import { replayOperations } from './operations/replay.js';
import { secondFactorOperations } from './operations/second-factors.js';
import { throttleOperations } from './operations/throttle.js';
import { userOperations } from './operations/users.js';
import type { Scope } from './scope.js';

/** The hot path has statements of each database's own. */
type HotPorts = 'sessions' | 'grants';

/** How one environment's ports are made, alike on every database. @param cache undefined: everything is read each time */
export function commonPorts(
  runner: OperationRunner,
  scope: Scope,
  cache: ReadCache | undefined,
): Makers<Omit<EnvironmentPorts, HotPorts>> {
  const { environmentId } = scope;
  return {
    applications: () =>
      cachedApplicationStore(bindOperations(runner, applicationOperations(scope)), environmentId, cache),
    identityProviders: () =>
      cachedIdentityProviderStore(
        bindOperations(runner, identityProviderOperations(scope)),
        environmentId,
        cache,
      ),
    federatedIdentities: () => bindOperations(runner, federatedIdentityOperations(scope)),
    providerSessions: () => bindOperations(runner, providerSessionOperations(scope)),
    users: () => bindOperations(runner, userOperations(scope)),
    overview: () => bindOperations(runner, overviewOperations(scope)),
    flows: () => bindOperations(runner, flowOperations(scope)),
    passwordLinks: () => bindOperations(runner, passwordLinkOperations(scope)),
    secondFactors: () => bindOperations(runner, secondFactorOperations(scope)),
    throttle: () => bindOperations(runner, throttleOperations(scope)),
    replay: () => bindOperations(runner, replayOperations(scope)),
    audit: () => bindOperations(runner, auditOperations(scope)),
    auditSeals: () => bindOperations(runner, auditSealOperations(scope)),
    projects: () => bindOperations(runner, projectOperations(scope)),
  };
}
