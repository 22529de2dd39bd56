import type { ContractEnvironment } from './contract-house.js';
import type { Furnished } from './furnished.js';
import type { Tenant } from './tenant.js';

export interface Probe {
  /** The call, made through another environment's ports. */
  readonly call: (ports: ContractEnvironment, there: Furnished, here: Tenant) => Promise<unknown>;
  readonly answer: unknown;
}

export const probe = (call: Probe['call'], answer: unknown): Probe => ({ call, answer });

/**
 * A row with an identifier that is taken in another environment: a database may refuse it or keep it as the
 * caller's own. The one there stays what it is.
 */
export const ownOrRefused = (call: (...args: Parameters<Probe['call']>) => Promise<unknown>): Probe =>
  probe(async (ports, there, here) => {
    const audited = await here.auditTypes();
    await call(ports, there, here).catch(() => undefined);
    return (await here.auditTypes()).length - audited.length <= 1;
  }, true);
