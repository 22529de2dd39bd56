import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application, ApplicationSecretDigest, Environment } from '@fluxo/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractHouse, newEnvironment, type ContractStorage } from '../contract/contract-house.js';
import { Tenant } from '../contract/tenant.js';
import { openSqlite } from './open-sqlite.js';

const folder = mkdtempSync(join(tmpdir(), 'fluxo-interleavings-'));
const house = new ContractHouse();
let tool: ContractStorage;

beforeAll(async () => {
  await house.open((essentials) => openSqlite({ folder, essentials, role: 'server' }));
  tool = await openSqlite({ folder, essentials: house.essentials, role: 'tool' });
});
afterAll(async () => {
  await Promise.all([tool.close(), house.storage.close()]);
  rmSync(folder, { recursive: true });
});

/** Two environments that take turns under one name, each with its own few applications. */
interface World {
  readonly environments: readonly Environment[];
  readonly applications: readonly (readonly Application[])[];
  readonly secret: ApplicationSecretDigest;
}

function newWorld(): World {
  const first = newEnvironment();
  const environments = [first, newEnvironment({ domain: first.domain })];
  const tenant = new Tenant(first, house);
  const spa = { kind: 'spa', redirectUrls: ['https://spa.example.com/cb'] } as const;
  return {
    environments,
    applications: environments.map(() => [tenant.applicationRow(spa), tenant.applicationRow(spa)]),
    secret: tenant.secret(),
  };
}

const METHODS = [
  ...['create', 'rename', 'remove'],
  ...['register', 'disable', 'enable', 'unregister', 'addSecret', 'deleteSecret'],
] as const;

interface Step {
  readonly by: 'server' | 'tool';
  readonly method: (typeof METHODS)[number];
  readonly environment: number;
  readonly application: number;
  /** Whether the server is asked at the same moment, and whether the next step waits for this one. */
  readonly asked: boolean;
  readonly awaited: boolean;
}

const STEP: fc.Arbitrary<Step> = fc.record({
  by: fc.constantFrom('server', 'tool'),
  method: fc.constantFrom(...METHODS),
  environment: fc.nat(1),
  application: fc.nat(1),
  asked: fc.boolean(),
  awaited: fc.boolean(),
});

function carryOut(world: World, step: Step): Promise<unknown> {
  const storage = step.by === 'server' ? house.storage : tool;
  const environment = world.environments[step.environment]!;
  const application = world.applications[step.environment]![step.application]!;
  const { applications } = storage.forEnvironment(environment.id);
  const { clientId } = application;
  const deeds: Readonly<Record<Step['method'], () => Promise<unknown>>> = {
    create: () => storage.environments.create(environment),
    rename: () => storage.environments.update(environment.id, { name: `${step.by} ${clientId}` }),
    remove: () => storage.environments.delete(environment.id),
    register: () => applications.register(application, undefined),
    disable: () => applications.update({ ...application, enabled: false }),
    enable: () => applications.update(application),
    unregister: () => applications.delete(clientId),
    addSecret: () => applications.addSecret(clientId, world.secret, 10),
    deleteSecret: () => applications.deleteSecret(clientId, world.secret.id, 1),
  };
  // What is there already is refused; that is none of this test's business.
  return deeds[step.method]().catch(() => undefined);
}

/** Everything that a server remembers, asked all at once. */
function ask(world: World, storage: ContractStorage): Promise<readonly unknown[]> {
  const { environments } = storage;
  return Promise.all([
    environments.findByName(world.environments[0]!),
    ...world.environments.flatMap(({ id }, index) => {
      const { applications } = storage.forEnvironment(id);
      return [
        applications.isSpaOrigin('https://spa.example.com'),
        ...world.applications[index]!.flatMap(({ clientId }) => [
          applications.find(clientId),
          applications.findCredentials(clientId),
          environments.findByClientId('my', clientId),
        ]),
      ];
    }),
  ]);
}

describe('a server that remembers and a command line that reads', () => {
  it(
    'say the same after whatever both did, in whatever order and at the same time',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(STEP, { minLength: 1, maxLength: 25 }), async (steps) => {
          const world = newWorld();
          await house.storage.environments.create(world.environments[0]!);
          let underWay: Promise<unknown>[] = [];
          for (const step of steps) {
            if (step.asked) underWay.push(ask(world, house.storage));
            underWay.push(carryOut(world, step));
            if (step.asked) underWay.push(ask(world, house.storage));
            if (!step.awaited) continue;
            await Promise.all(underWay);
            underWay = [];
            expect(await ask(world, house.storage)).toEqual(await ask(world, tool));
          }
          await Promise.all(underWay);
          expect(await ask(world, house.storage)).toEqual(await ask(world, tool));
        }),
        { numRuns: 60 },
      );
    },
  );
});
