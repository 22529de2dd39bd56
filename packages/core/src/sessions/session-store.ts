import type { SessionId, UserId } from '../ids.js';
import type { SessionEvidence } from './session.js';

/** Bound to one environment. */
export interface SessionStore {
  /** One read: the session with the states of user, grant, consent and application as they are now. */
  find(id: SessionId): Promise<SessionEvidence | undefined>;
  /** Ends the session at once. Unknown or ended already: nothing happens. */
  end(id: SessionId, at: number): Promise<void>;
  /** Ends every browser session of the user; what applications hold is not touched. */
  endAllOfUser(userId: UserId, at: number): Promise<void>;
  listOfUser(userId: UserId): Promise<readonly SessionEvidence[]>;
}
