import type { GrantStore } from '../grants/grant-store.js';
import type { ConnectionFilter } from '../overview/overview-store.js';

/** So many in one transaction: others must not wait long behind it. */
const AT_ONCE = 200;

/** Takes all these consents back, whatever their number: every grant under them is dead. @returns how many */
export async function disconnectAll(
  filter: ConnectionFilter,
  grants: GrantStore,
  now: number,
): Promise<number> {
  let disconnected = 0;
  for (;;) {
    const ended = await grants.disconnect(filter, AT_ONCE, now);
    disconnected += ended;
    if (ended < AT_ONCE) return disconnected;
  }
}
