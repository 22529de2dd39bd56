import type { KeptProviderSession } from '../identity-providers/provider-session-store.js';
import type { FlowId, IdentityProviderId, SessionId, UserId } from '../ids.js';
import type { ShownFactor } from '../second-factor/check-second-factor.js';
import type { Flow, FlowProof, SignInProof } from './flow.js';

/** A person goes to an identity provider; one of these is awaited at a time, the last one. */
export interface SentToProvider {
  readonly providerId: IdentityProviderId;
  readonly stateDigest: Uint8Array;
  /** What the adapter needs to judge the answer, or what came of an answer that was judged. */
  readonly memory: string;
  /** Of which session there an answer that was judged is: when the provider ends that, the answer is awaited no more. */
  readonly session?: Pick<KeptProviderSession, 'subjectDigest' | 'index'> | undefined;
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
  /** What was shown after this flow's proof, which then must be the user's; `none`: nothing, and the user has none. */
  readonly secondFactor: 'none' | ShownFactor;
  readonly sessionIdleTimeoutMs: number;
  readonly now: number;
}

export interface FlowProving {
  readonly flowId: FlowId;
  readonly expectedFlowDigest: Uint8Array;
  readonly newFlowDigest: Uint8Array;
  readonly proof: FlowProof;
  readonly now: number;
}

/** Bound to one environment. */
export interface FlowStore {
  begin(flow: Flow): Promise<void>;
  find(id: FlowId): Promise<Flow | undefined>;
  /** Whoever had proven something within the flow has not any more: the next proof is of this name. */
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
   * The flow, if it still has the expected token and time, remembers who proved to be whom, under a new token.
   * Nobody is signed in by it. `gone` also for a user who is disabled.
   */
  prove(input: FlowProving): Promise<'proven' | 'gone'>;
  /**
   * One transaction: the flow (if it still has the expected token and time) belongs to the user from now
   * on, the session opens, the previous one ends, the user was active. `gone` changes nothing. A user who has
   * a second factor signs in only where it was shown, within a flow whose proof is theirs and still good. Of a
   * provider that was disabled meanwhile, or knows the user no more, nothing is a proof.
   */
  signIn(input: FlowSignIn): Promise<'signed-in' | 'gone'>;
  /** The person said no. Of two answers to one flow only the first counts. */
  cancel(id: FlowId, userId: UserId, now: number): Promise<'cancelled' | 'gone'>;
  end(id: FlowId): Promise<void>;
}
