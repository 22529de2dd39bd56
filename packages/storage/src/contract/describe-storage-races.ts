import { CHAIN_BEGIN, macOfHead, sealRows, type RedemptionOutcome, type RefreshOutcome } from '@fluxo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractHouse, newEnvironment, type OpenStorage } from './contract-house.js';
import { someDigest } from './contract-values.js';
import { describeApplicationRaces } from './application-races.js';
import { provenFlow } from './proven-flow.js';
import { all, CALLS, on } from './race-kit.js';
import { RaceProcesses } from './race-processes.js';
import type { Tenant } from './tenant.js';
import { describeWayInRaces } from './way-in-races.js';

/** `npm run soak` asks for a hundred times as many. */
const ROUNDS = Number(process.env['FLUXO_RACE_ROUNDS'] ?? 25);
const TIMEOUT_MS = 30_000 + ROUNDS * 1_000;

export interface RaceSetting {
  /** For the suite itself, which prepares each round and looks at what came of it. */
  readonly open: OpenStorage;
  /** Two processes of their own on the same database: a module that calls `runRaceWorker`, and its arguments. */
  readonly workers: () => readonly (readonly [module: string, ...args: string[]])[];
}

/** What every driver promises when several processes do the same thing at the same moment. */
export function describeStorageRaces(name: string, { open, workers }: RaceSetting): void {
  describe(`${name}, two processes released together, ${ROUNDS} rounds:`, { timeout: TIMEOUT_MS }, () => {
    const house = new ContractHouse();
    let processes: RaceProcesses;
    beforeAll(async () => {
      await house.open(open);
      processes = await RaceProcesses.start(workers());
    });
    afterAll(async () => {
      await processes.close();
      await house.storage.close();
    });

    const roundsOf = (rounds: number) => async (round: (tenant: Tenant) => Promise<void>) => {
      for (let count = 0; count < rounds; count += 1) await round(await house.tenant());
    };
    const rounds = roundsOf(ROUNDS);
    const onGrants = (tenant: Tenant, method: string) => on(tenant, 'grants', method);

    it('one code is redeemed once, every other exchange sees a replay or its end, and nothing lives', async () => {
      await rounds(async (tenant) => {
        const grant = await tenant.authorized();
        const inputs: ReturnType<typeof grant.redemption>[] = [];
        const makeInput = () => {
          const input = grant.redemption();
          inputs.push(input);
          return [input];
        };
        const outcomes = await processes.race<RedemptionOutcome>(
          all(makeInput, onGrants(tenant, 'redeemAuthorizationCode')),
        );
        const count = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
        expect(count('redeemed')).toBe(1);
        expect(count('replayed')).toBeGreaterThan(0);
        expect(count('replayed') + count('refused')).toBe(2 * CALLS - 1);
        // However many saw the replay: it is recorded once.
        const recorded = (await tenant.auditTypes()).filter((type) => type === 'grant.code-replayed');
        expect(recorded).toHaveLength(1);
        for (const { session } of inputs) expect(await tenant.isAlive(session.id)).toBe(false);
      });
    });

    it('one refresh token is rotated once, and every other refresh repeats the same session', async () => {
      await rounds(async (tenant) => {
        const grant = await tenant.connected();
        const outcomes = await processes.race<RefreshOutcome>(
          all(() => [grant.refreshInput(1)], onGrants(tenant, 'rotateRefreshToken')),
        );
        const repeats = outcomes.filter((outcome) => outcome.kind === 'repeated');
        expect(outcomes.filter(({ kind }) => kind === 'refreshed')).toHaveLength(1);
        expect(repeats).toHaveLength(2 * CALLS - 1);
        expect(new Set(repeats.map(({ session }) => session?.id)).size).toBe(1);
        expect((await grant.refresh(2)).kind).toBe('refreshed');
      });
    });

    it('when a revocation races refreshes, nothing is alive after', async () => {
      await rounds(async (tenant) => {
        const grant = await tenant.connected();
        const sessions = [grant.sessionId];
        const revocation = {
          ...onGrants(tenant, 'revokeGrant'),
          input: [grant.id, 'revoked-by-administrator', { now: tenant.now }],
        };
        const outcomes = await processes.race<RefreshOutcome | boolean>((worker) => {
          if (worker === 0) return [revocation];
          return all(
            () => {
              const input = grant.refreshInput(1);
              sessions.push(input.session.id);
              return [input];
            },
            onGrants(tenant, 'rotateRefreshToken'),
          )();
        });
        expect(outcomes).toContain(true);
        for (const id of sessions) expect(await tenant.isAlive(id)).toBe(false);
        expect(await grant.refresh(1)).toEqual({ kind: 'refused', reason: 'ended' });
        expect((await grant.refresh(2)).kind).toBe('refused');
      });
    });

    it('of one flow’s many answers one authorizes', async () => {
      await rounds(async (tenant) => {
        const [user, application] = [await tenant.user(), await tenant.application()];
        const flow = await tenant.flow(tenant.goal(application), { userId: user.id });
        const answer = () => [tenant.authorization(user, application), flow.id];
        const outcomes = await processes.race<string>(all(answer, onGrants(tenant, 'authorize')));
        expect(outcomes.filter((outcome) => outcome === 'authorized')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(2 * CALLS - 1);
        expect(await tenant.storage.grants.list({})).toHaveLength(1);
      });
    });

    it('of many environments with one name one is created', async () => {
      await rounds(async ({ environment }) => {
        const name = { domain: `${environment.domain}x`, lane: 'my' };
        const create = { port: 'environments', method: 'create' };
        const outcomes = await processes.race<string>(all(() => [newEnvironment(name)], create));
        expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'name-taken')).toHaveLength(2 * CALLS - 1);
      });
    });

    it('of many users with one name one is created', async () => {
      await rounds(async (tenant) => {
        const create = { environmentId: tenant.environment.id, port: 'users', method: 'create' };
        const row = () => [tenant.userRow({ username: 'ada' })];
        const outcomes = await processes.race<string>(all(row, create));
        expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'username-taken')).toHaveLength(2 * CALLS - 1);
        expect(await tenant.storage.users.list()).toHaveLength(1);
      });
    });

    describeWayInRaces({ house, rounds, processes: () => processes });

    it('attempts are throttled one by one', async () => {
      await rounds(async (tenant) => {
        const rule = { key: Buffer.from('account'), limit: CALLS, windowMs: 60_000 };
        const take = { environmentId: tenant.environment.id, port: 'throttle', method: 'take' };
        const answers = await processes.race<number | undefined>(all(() => [[rule], tenant.now], take));
        expect(answers.filter((answer) => answer === undefined)).toHaveLength(CALLS);
      });
    });

    it('one step of a second factor is used once, and so is one recovery code', async () => {
      await rounds(async (tenant) => {
        const user = await tenant.user();
        const factor = tenant.secondFactorRow(user);
        await tenant.storage.secondFactors.add(factor);
        const factors = { environmentId: tenant.environment.id, port: 'secondFactors' };
        const steps = await processes.race<boolean>(
          all(() => [user.id, 101], { ...factors, method: 'useStep' }),
        );
        expect(steps.filter(Boolean)).toHaveLength(1);
        const code = [user.id, factor.recoveryDigests[0], tenant.now];
        const codes = await processes.race<boolean>(
          all(() => code, { ...factors, method: 'useRecoveryCode' }),
        );
        expect(codes.filter(Boolean)).toHaveLength(1);
        expect(await tenant.storage.secondFactors.find(user.id)).toMatchObject({ recoveryCodesLeft: 1 });
      });
    });

    it('one seal is added once, and its events leave the queue once', async () => {
      await rounds(async (tenant) => {
        const { auditSeals } = tenant.storage;
        const { rows } = await auditSeals.unsealed(100);
        const { environment, house: of } = tenant;
        const key = of.essentials.keyRing.signing;
        const seal = sealRows(rows, CHAIN_BEGIN, { environmentId: environment.id, sealedAt: 1, key });
        const headMac = macOfHead(key, seal, environment.id);
        const add = { environmentId: environment.id, port: 'auditSeals', method: 'addSeal' };
        const outcomes = await processes.race<string>(all(() => [seal, headMac], add));
        expect(outcomes.filter((outcome) => outcome === 'sealed')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(2 * CALLS - 1);
        expect(await auditSeals.totals()).toMatchObject({ events: rows.length, unsealed: 0 });
      });
    });

    it('one link sets one password', async () => {
      await rounds(async (tenant) => {
        const link = tenant.passwordLink(await tenant.user());
        await tenant.storage.passwordLinks.issue(link, tenant.now);
        const { userId, digest } = link;
        let tries = 0;
        const choose = () => {
          tries += 1;
          const passwordHash = `$argon2id$${tries}`;
          return [{ userId, digest, passwordHash, endsConnections: false, now: tenant.now }];
        };
        const outcomes = await processes.race<string>(all(choose, on(tenant, 'passwordLinks', 'redeem')));
        expect(outcomes.filter((outcome) => outcome === 'set')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(2 * CALLS - 1);
      });
    });

    it('what may be used once is used by one', async () => {
      await rounds(async (tenant) => {
        const input = [someDigest(), tenant.now + 60_000, tenant.now];
        const use = { environmentId: tenant.environment.id, port: 'replay', method: 'useOnce' };
        const answers = await processes.race<unknown>(all(() => input, use));
        expect(answers.filter((answer) => answer === true)).toHaveLength(1);
        expect(answers.filter((answer) => answer === false)).toHaveLength(2 * CALLS - 1);
      });
    });

    it('of a sign-in that is finished while its provider ends it no session lives', async () => {
      await rounds(async (tenant) => {
        const { now, storage } = tenant;
        const [user, provider] = [await tenant.user(), await tenant.identityProvider()];
        const identity = { providerId: provider.id, federationId: 'ada' };
        await storage.federatedIdentities.link(identity, user.id, now);
        await storage.secondFactors.add(tenant.secondFactorRow(user));
        const session = tenant.providerSession();
        const finish = await provenFlow(tenant, user, { kind: 'provider', ...identity, session });
        const once = { digest: someDigest(), until: now + 60_000, now };
        const ending = { providerId: provider.id, subjectDigest: session.subjectDigest, indexes: [], once };
        const [finished, ended] = await processes.race<unknown>((worker) => [
          worker === 0
            ? { ...on(tenant, 'flows', 'signIn'), input: [finish] }
            : { ...on(tenant, 'providerSessions', 'end'), input: [ending, now] },
        ]);
        expect(ended).toBe(finished === 'signed-in' ? 1 : 0);
        expect(await tenant.isAlive(finish.session.id)).toBe(false);
      });
    });

    // What goes wrong here goes wrong in nearly every round.
    const few = roundsOf(Math.ceil(ROUNDS / 3));
    describeApplicationRaces({ rounds: few, race: (callsOf) => processes.race(callsOf) });
  });
}
