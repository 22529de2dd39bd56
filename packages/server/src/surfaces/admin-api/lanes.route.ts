import {
  admitToLane,
  compareApplications,
  copyApplications,
  createLane,
  environmentsBy,
  listLanes,
  requireLane,
  type ClientId,
  type Environment,
  type LaneSide,
  type User,
} from '@fluxo/core';
import { Type } from 'typebox';
import { passwordLinkUrl } from '../../adapters/mail/password-link-mail.js';
import type { Services } from '../../services.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import type { AdminCall } from './admin-call.js';
import { AdminProblem } from './admin-problem.js';
import { PageOf, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import {
  ComparedApplication,
  Copied,
  CopyRequest,
  CreatedLane,
  Lane,
  NewLane,
} from './schemas/lane.schema.js';

const TAGS = { tags: ['lanes'] };
const BY_LANE = Type.Object({ lane: Type.String({ maxLength: 50 }) });

/** The copies of one organization: production, and what is for trying things. */
export function registerLanes(api: AdminApi, services: Services): void {
  api.get(
    '/lanes',
    {
      schema: {
        ...{ ...TAGS, operationId: 'listLanes', summary: 'List the lanes of the organization' },
        response: { 200: PageOf(Lane), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const lanes = await listLanes(adminCallOf(request).tenant.environment, services.storage);
      const items = lanes.map(({ environment, current, applications }) => ({
        ...{ lane: environment.lane, environment_id: environment.id, name: environment.name },
        ...{ origin: services.hosts.originOf(environment), current, applications },
      }));
      return { items, next_cursor: null };
    },
  );
  api.post(
    '/lanes',
    {
      schema: {
        ...{ ...TAGS, operationId: 'createLane', body: NewLane },
        summary: 'Create a lane with the settings of this one, and you as its administrator',
        response: { 201: CreatedLane, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const call = adminCallOf(request);
      const administrator = await userOf(call);
      const context = {
        environments: environmentsBy(services.storage.environments, { via: 'api' }),
        essentials: services.essentials,
      };
      const here = call.tenant.environment;
      const created = await createLane(request.body.lane, { here, administrator }, context);
      const origin = services.hosts.originOf(created.environment);
      const { lane } = created.environment;
      return reply.code(201).send({ lane, origin, link: passwordLinkUrl(origin, created.token) });
    },
  );
  registerCopying(api, services);
}

function registerCopying(api: AdminApi, services: Services): void {
  const schema = { ...TAGS, params: BY_LANE };
  api.get(
    '/lanes/:lane/comparison',
    {
      schema: {
        ...{ ...schema, operationId: 'compareLane' },
        summary: 'Say which applications of here are missing or different there',
        response: { 200: PageOf(ComparedApplication), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const [here, there] = await sides(adminCallOf(request), request.params.lane, services);
      const compared = await compareApplications(here, there);
      const items = compared.map(({ application: { clientId, name, kind }, state, differences }) => ({
        ...{ client_id: clientId, name, kind, state, differences: [...differences] },
      }));
      return { items, next_cursor: null };
    },
  );
  api.post(
    '/lanes/:lane/copy',
    {
      schema: {
        ...{ ...schema, operationId: 'copyToLane', body: CopyRequest },
        summary: 'Copy applications from here to there; secrets and keys never cross',
        response: { 200: Copied, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const [here, there] = await sides(adminCallOf(request), request.params.lane, services);
      const copied = await copyApplications(request.body.client_ids as ClientId[], here, there);
      return {
        copied: copied.map(({ clientId, targetClientId, name, clientSecret, action }) => ({
          ...{ client_id: clientId, target_client_id: targetClientId, name, action },
          client_secret: clientSecret ?? null,
        })),
      };
    },
  );
}

/** @throws AdminProblem 403 for who is no administrator there as well */
async function sides(
  call: AdminCall,
  lane: string,
  services: Services,
): Promise<readonly [LaneSide, LaneSide]> {
  const { environment: here } = call.tenant;
  const there = await requireLane(lane, here, services.storage.environments);
  const { users } = services.storage.forEnvironment(there.id);
  const admission = await admitToLane(call.caller, { here, there, users });
  if (admission.kind === 'production') {
    throw new AdminProblem('not-allowed', 'From a test lane nobody reaches production: sign in there.');
  }
  if (admission.kind === 'not-administrator') {
    throw new AdminProblem('not-allowed', `You are no enabled administrator of the lane ${lane}.`);
  }
  return [sideOf(here, call.caller, services), sideOf(there, admission.administrator, services)];
}

/** What is changed there is recorded there, as done by the administrator there. */
function sideOf(
  environment: Environment,
  { id }: Pick<User, 'id'>,
  { storage, essentials, hosts }: Services,
): LaneSide {
  const acting = { via: 'api', actorId: id } as const;
  const store = storage.forEnvironment(environment.id, acting).applications;
  const { isOwnHost } = hosts;
  return { environment, administration: { environmentId: environment.id, store, essentials, isOwnHost } };
}

async function userOf({ tenant, caller }: AdminCall): Promise<User> {
  const user = await tenant.storage.users.find(caller.id);
  if (user !== undefined) return user;
  throw new AdminProblem('not-signed-in', 'You were deleted meanwhile.');
}
