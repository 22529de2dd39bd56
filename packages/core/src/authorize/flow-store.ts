import type { FlowId, IdentityProviderId, SessionId, UserId } from '../ids.js';
import type { Flow } from './flow.js';

/** How somebody proved who they are. */
export type SignInProof =
  | { readonly kind: 'password' }
  /** The provider must be enabled, and the user still known there by this federation ID. */
  | { readonly kind: 'provider'; readonly providerId: IdentityProviderId; readonly federationId: string };

/** A person goes to an identity provider; one of these is awaited at a time, the last one. */
export interface SentToProvider {
  readonly providerId: IdentityProviderId;
  readonly stateDigest: Uint8Array;
  /** What the adapter needs to judge the answer. */
  readonly memory: string;
}

/** What came back from where the flow was sent. */
export interface ProviderAnswer {
  readonly flowId: FlowId;
  readonly providerId: IdentityProviderId;
  readonly stateDigest: Uint8Array;
  /** Pages from before the answer are void. */
  readonly newFlowDigest: Uint8Array;
  readonly now: number;
}

export interface FlowSignIn {
  readonly flowId: FlowId;
  readonly expectedFlowDigest: Uint8Array;
  readonly newFlowDigest: Uint8Array;
  readonly userId: UserId;
  readonly proof: SignInProof;
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
  sendToProvider(id: FlowId, sent: SentToProvider): Promise<void>;
  /**
   * Of several answers with one state exactly one is taken, and none that wasn't awaited.
   * @returns what was remembered when the person was sent
   */
  takeProviderAnswer(answer: ProviderAnswer): Promise<string | undefined>;
  /** Nobody is signed in within the flow any more, its earlier token is void, and the next sign-in is a new proof. */
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
