import type { Acting, AuditVia, EnvironmentId } from '@fluxo/core';
import type { EnvironmentPorts } from './environment-ports.js';

type Bind = (id: EnvironmentId, acting: Acting | undefined) => EnvironmentPorts;

/**
 * Ports are bound once for each environment and way of acting, so that a request costs two look-ups. Those of an
 * administrator are bound for the request alone: there are many, and they don't come often.
 */
export class BoundPorts {
  readonly #bind: Bind;
  readonly #known = new Map<AuditVia | undefined, Map<EnvironmentId, EnvironmentPorts>>();

  constructor(bind: Bind) {
    this.#bind = bind;
  }

  get(id: EnvironmentId, acting: Acting | undefined): EnvironmentPorts {
    if (acting?.actorId !== undefined) return this.#bind(id, acting);
    const known = this.#of(acting?.via);
    const bound = known.get(id);
    if (bound !== undefined) return bound;
    const fresh = this.#bind(id, acting);
    known.set(id, fresh);
    return fresh;
  }

  #of(via: AuditVia | undefined): Map<EnvironmentId, EnvironmentPorts> {
    const known = this.#known.get(via);
    if (known !== undefined) return known;
    const fresh = new Map<EnvironmentId, EnvironmentPorts>();
    this.#known.set(via, fresh);
    return fresh;
  }
}
