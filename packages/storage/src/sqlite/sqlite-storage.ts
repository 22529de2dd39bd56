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
import { bindOperations } from '../bind-operations.js';
import { cachedEnvironmentStore } from '../cache/cached-environment-store.js';
import { commonPorts } from '../common-ports.js';
import type { ReadCache } from '../cache/read-cache.js';
import type { EnvironmentPorts } from '../environment-ports.js';
import { auditQueueOperations } from '../operations/audit-seals.js';
import { environmentOperations } from '../operations/environments.js';
import { grantOperations } from '../operations/grants.js';
import { keyOperations } from '../operations/keys.js';
import { operatorKeyOperations } from '../operations/operator-keys.js';
import { sessionOperations } from '../operations/sessions.js';
import { portsOnDemand } from '../ports-on-demand.js';
import type { QueryBuilder } from '../scope.js';
import { compileAuthorize } from './hot/authorize.js';
import { compileFindSession } from './hot/find-session.js';
import { compileRecordUsage } from './hot/record-usage.js';
import { compileRedeem } from './hot/redeem-authorization-code.js';
import { compileRotate } from './hot/rotate-refresh-token.js';
import type { SqliteExecutor } from './sqlite-executor.js';
import type { WriteBatcher } from './write-batcher.js';

interface Parts {
  readonly executor: SqliteExecutor;
  readonly batcher: WriteBatcher;
  readonly builder: QueryBuilder;
  readonly essentials: Pick<Essentials, 'clock' | 'random'>;
  /** Undefined: everything is read each time. */
  readonly cache: ReadCache | undefined;
  /** The database, and all that belongs to it. */
  readonly close: () => Promise<void>;
}

/** All ports on one SQLite file. The operations of the hot path are compiled once, here. */
export class SqliteStorage implements Storage {
  readonly environments: WatchedEnvironmentStore;
  readonly keys: KeyStore;
  readonly auditQueue: AuditQueue;
  readonly operatorKeys: OperatorKeyStore;
  readonly #parts: Parts;
  readonly #hot: ReturnType<typeof compileHotPath>;
  readonly #bound = new BoundPorts((id, acting) => this.#bind(id, acting));

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#hot = compileHotPath(parts);
    this.environments = cachedEnvironmentStore(
      bindOperations(parts.executor, environmentOperations(parts.builder, parts.essentials)),
      parts.cache,
    );
    // BEGIN IMMEDIATE: of several processes one writes at a time.
    this.keys = bindOperations(parts.executor, keyOperations(parts.builder));
    this.auditQueue = bindOperations(parts.executor, auditQueueOperations(parts.builder));
    this.operatorKeys = bindOperations(parts.executor, operatorKeyOperations(parts.builder));
  }

  forEnvironment(id: EnvironmentId, acting?: Acting): EnvironmentPorts {
    return this.#bound.get(id, acting);
  }

  recordUsage(batch: UsageBatch): Promise<void> {
    return this.#parts.executor.writeNow(() => this.#hot.recordUsage(batch));
  }

  ping(): Promise<void> {
    return this.#parts.executor.readNow(() => void this.#hot.ping.get({}));
  }

  /** Waits for what is on its way to the disk. */
  async close(): Promise<void> {
    await this.#parts.batcher.drained();
    await this.#parts.close();
  }

  #bind(environmentId: EnvironmentId, acting: Acting | undefined): EnvironmentPorts {
    const { executor, builder, essentials, cache } = this.#parts;
    const scope = { db: builder, environmentId, essentials, acting };
    const hot = this.#hot;
    return portsOnDemand<EnvironmentPorts>({
      ...commonPorts(executor, scope, cache),
      sessions: () => ({
        ...bindOperations(executor, sessionOperations(scope)),
        find: (id) => executor.readNow(() => hot.findSession(environmentId, id)),
      }),
      grants: () => ({
        ...bindOperations(executor, grantOperations(scope)),
        authorize: (input, flowId) =>
          executor.writeNow(() => hot.authorize.authorize(environmentId, input, flowId)),
        authorizeRemembered: (input) =>
          executor.writeNow(() => hot.authorize.authorizeRemembered(environmentId, input)),
        redeemAuthorizationCode: (input) => executor.writeNow(() => hot.redeem(environmentId, input)),
        rotateRefreshToken: (input) => executor.writeNow(() => hot.rotate(environmentId, input)),
      }),
    });
  }
}

function compileHotPath({ executor, essentials }: Parts) {
  return {
    findSession: compileFindSession(executor),
    authorize: compileAuthorize(executor, essentials),
    redeem: compileRedeem(executor, essentials),
    rotate: compileRotate(executor, essentials),
    recordUsage: compileRecordUsage(executor),
    ping: executor.compile('SELECT count(*) FROM kysely_migration'),
  };
}
