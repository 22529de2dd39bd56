import type {
  Acting,
  AuditQueue,
  EnvironmentId,
  Essentials,
  KeyStore,
  OperatorKeyStore,
  Storage,
  UsageBatch,
  WatchedEnvironmentStore,
} from '@fluxo/core';
import { BoundPorts } from '../bound-ports.js';
import { bindOperations, type OperationRunner } from '../bind-operations.js';
import { cachedEnvironmentStore } from '../cache/cached-environment-store.js';
import { commonPorts } from '../common-ports.js';
import type { ReadCache } from '../cache/read-cache.js';
import type { EnvironmentPorts } from '../environment-ports.js';
import { auditQueueOperations } from '../operations/audit-seals.js';
import { grantOperations } from '../operations/grants.js';
import { operatorKeyOperations } from '../operations/operator-keys.js';
import { sessionOperations } from '../operations/sessions.js';
import { portsOnDemand } from '../ports-on-demand.js';
import type { QueryBuilder, Scope } from '../scope.js';
import { environmentStore } from './environment-store.js';
import { keyStore } from './key-store.js';
import { authorize } from './hot/authorize.js';
import { findSession } from './hot/find-session.js';
import { recordUsage } from './hot/record-usage.js';
import { redeem } from './hot/redeem-authorization-code.js';
import { rotate } from './hot/rotate-refresh-token.js';
import { locked } from './lock-grant.js';
import type { PostgresExecutor } from './postgres-executor.js';
import type { PostgresPool } from './postgres-pool.js';

interface Parts {
  readonly pool: PostgresPool;
  readonly executor: PostgresExecutor;
  readonly builder: QueryBuilder;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
  /** Undefined: everything is read each time. */
  readonly cache: ReadCache | undefined;
  /** Called before the connections are closed. */
  readonly stop: () => Promise<void>;
}

/** All ports on one PostgreSQL database, shared by any number of nodes. */
export class PostgresStorage implements Storage {
  readonly environments: WatchedEnvironmentStore;
  readonly keys: KeyStore;
  readonly auditQueue: AuditQueue;
  readonly operatorKeys: OperatorKeyStore;
  readonly #parts: Parts;
  readonly #bound = new BoundPorts((id, acting) => this.#bind(id, acting));

  constructor(parts: Parts) {
    this.#parts = parts;
    this.environments = cachedEnvironmentStore(
      environmentStore(parts.executor, parts.builder, parts.essentials),
      parts.cache,
    );
    this.keys = keyStore(parts.executor, parts.builder);
    const anywhere = parts.executor.runnerFor(undefined);
    this.auditQueue = bindOperations(anywhere, auditQueueOperations(parts.builder));
    this.operatorKeys = bindOperations(anywhere, operatorKeyOperations(parts.builder));
  }

  forEnvironment(id: EnvironmentId, acting?: Acting): EnvironmentPorts {
    return this.#bound.get(id, acting);
  }

  recordUsage(batch: UsageBatch): Promise<void> {
    return recordUsage(this.#parts.executor, batch);
  }

  async ping(): Promise<void> {
    await this.#parts.executor.call('SELECT count(*) FROM kysely_migration', []);
  }

  async close(): Promise<void> {
    await this.#parts.stop();
    await this.#parts.pool.end();
  }

  #bind(environmentId: EnvironmentId, acting: Acting | undefined): EnvironmentPorts {
    const { executor, builder, essentials, cache } = this.#parts;
    const scope = { db: builder, environmentId, essentials, acting };
    const runner = executor.runnerFor(environmentId);
    return portsOnDemand<EnvironmentPorts>({
      ...commonPorts(runner, scope, cache),
      sessions: () => ({
        ...bindOperations(runner, sessionOperations(scope)),
        find: (id) => findSession(executor, environmentId, id),
      }),
      grants: () => this.#bindGrants(scope, runner),
    });
  }

  #bindGrants(scope: Scope, runner: OperationRunner): EnvironmentPorts['grants'] {
    const { executor } = this.#parts;
    const { environmentId, essentials } = scope;
    const { reads, writes } = grantOperations(scope);
    return {
      ...bindOperations(runner, { reads, writes }),
      replaceSuccessorSession: (input) =>
        runner.write(() => locked(scope, input.grantId, writes.replaceSuccessorSession(input))),
      revokeByRefreshToken: (token, by) =>
        runner.write(() => locked(scope, token.id, writes.revokeByRefreshToken(token, by))),
      authorize: async (input, flowId) =>
        (await authorize(executor, essentials, { environmentId, input, flowId })) ? 'authorized' : 'gone',
      authorizeRemembered: async (input) =>
        (await authorize(executor, essentials, { environmentId, input, flowId: null }))
          ? 'authorized'
          : 'not-remembered',
      redeemAuthorizationCode: (input) => redeem(executor, essentials, { environmentId, input }),
      rotateRefreshToken: (input) => rotate(executor, essentials, { environmentId, input }),
    };
  }
}
