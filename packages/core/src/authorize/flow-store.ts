import type { FlowId, SessionId, UserId } from '../ids.js';
import type { Flow } from './flow.js';

export interface FlowSignIn {
  readonly flowId: FlowId;
  readonly expectedFlowDigest: Uint8Array;
  readonly newFlowDigest: Uint8Array;
  readonly userId: UserId;
  readonly session: {
    readonly id: SessionId;
    readonly digest: Uint8Array;
    readonly userAgent: string | null;
  };
  readonly previousSessionId: SessionId | null;
  readonly sessionIdleTimeoutMs: number;
  readonly now: number;
}

/** Bound to one environment. */
export interface FlowStore {
  begin(flow: Flow): Promise<void>;
  find(id: FlowId): Promise<Flow | undefined>;
  setUsername(id: FlowId, username: string): Promise<void>;
  /** Nobody is signed in within the flow any more, and its earlier token is void. */
  restart(id: FlowId, newDigest: Uint8Array): Promise<void>;
  /**
   * One transaction: the flow (if it still has the expected token and time) belongs to the user from now
   * on, the session opens, the previous one ends, the user was active. `gone` changes nothing.
   */
  signIn(input: FlowSignIn): Promise<'signed-in' | 'gone'>;
  /** The person said no. Of two answers to one flow only the first counts. */
  cancel(id: FlowId, userId: UserId, now: number): Promise<'cancelled' | 'gone'>;
  end(id: FlowId): Promise<void>;
}
