import { newOrderedId, type FlowSignIn, type SessionId, type SignInProof, type User } from '@fluxo/core';
import { HOUR_MS, someDigest } from './contract-values.js';
import type { Tenant } from './tenant.js';

/** The first step of a sign-in, whose second one is a code. @returns the second step */
export async function provenFlow(tenant: Tenant, user: User, by: SignInProof): Promise<FlowSignIn> {
  const { now, house } = tenant;
  const { flows } = tenant.storage;
  const flow = await tenant.flow({ kind: 'page', path: '/account', uiLocales: null });
  if (by.kind === 'provider') {
    const sent = { providerId: by.providerId, stateDigest: someDigest(), memory: 'nonce' };
    await flows.sendToProvider(flow.id, sent);
  }
  const digest = someDigest();
  const outcome = await flows.prove({
    ...{ flowId: flow.id, expectedFlowDigest: flow.digest, newFlowDigest: digest, now },
    proof: { userId: user.id, by, expiresAt: now + HOUR_MS },
  });
  if (outcome !== 'proven') throw new Error(`Nothing was proven: ${outcome}.`);
  return {
    ...{ flowId: flow.id, expectedFlowDigest: digest, newFlowDigest: someDigest(), now },
    ...{ userId: user.id, proof: by, secondFactor: 'code', previousSessionId: null },
    session: { id: newOrderedId<SessionId>(house.essentials), digest: someDigest(), userAgent: null },
    sessionIdleTimeoutMs: HOUR_MS,
  };
}
