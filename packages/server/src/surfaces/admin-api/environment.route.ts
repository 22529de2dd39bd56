import {
  changeEnvironment,
  environmentsBy,
  requireEnvironmentRecord,
  type Environment,
  type EnvironmentChange as Change,
  type Revised,
} from '@fluxo/core';
import type { Static } from 'typebox';
import { encodeLogo, MAX_LOGO_BYTES } from '../../adapters/logo.js';
import type { Services } from '../../services.js';
import { withoutUndefined } from '../../without-undefined.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import type { AdminCall } from './admin-call.js';
import { IMAGE_TYPES } from './bodies.js';
import { readIfMatch, sendRevision } from './revisions.js';
import { Logo } from './schemas/application.schema.js';
import { Nothing, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { EnvironmentChange, EnvironmentSettings } from './schemas/environment.schema.js';
import { iso } from './views.js';

const MINUTE_MS = 60_000;
const TAGS = { tags: ['environment'] };

/** The environment that the administrator is in. */
export function registerEnvironment(api: AdminApi, services: Services): void {
  const answer = { response: { 200: EnvironmentSettings, default: PROBLEM_RESPONSE } };
  api.get(
    '/environment',
    { schema: { ...TAGS, ...answer, operationId: 'getEnvironment', summary: 'Show the settings' } },
    async (request, reply) => {
      const { tenant } = adminCallOf(request);
      const record = await requireEnvironmentRecord(tenant.storage.overview);
      sendRevision(reply, record.revision);
      return environmentView(record, tenant.origin);
    },
  );
  api.patch(
    '/environment',
    {
      schema: {
        ...{ ...TAGS, ...answer, operationId: 'updateEnvironment', body: EnvironmentChange },
        summary: 'Change settings; what is left out stays. Needs If-Match',
      },
    },
    async (request, reply) => {
      const call = adminCallOf(request);
      const { overview } = call.tenant.storage;
      await changeEnvironment(toChange(request.body), {
        ...{ overview, environments: environmentsOf(call, services) },
        ifRevision: readIfMatch(request),
      });
      const record = await requireEnvironmentRecord(overview);
      sendRevision(reply, record.revision);
      return environmentView(record, call.tenant.origin);
    },
  );
  registerLogo(api, services);
}

function registerLogo(api: AdminApi, services: Services): void {
  api.put(
    '/environment/logo',
    {
      bodyLimit: MAX_LOGO_BYTES,
      schema: {
        ...{ ...TAGS, operationId: 'setEnvironmentLogo', consumes: IMAGE_TYPES },
        summary: 'Set the logo of the pages: a PNG, JPEG or WebP picture of at most 2 MiB',
        response: { 200: Logo, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const call = adminCallOf(request);
      const logo = await encodeLogo(request.body as Uint8Array | undefined);
      await environmentsOf(call, services).setLogo(call.tenant.environment.id, logo);
      return { logo_url: organizationLogoUrl(logo.version) };
    },
  );
  api.delete(
    '/environment/logo',
    {
      schema: {
        ...{ ...TAGS, operationId: 'deleteEnvironmentLogo', summary: 'Take the logo away' },
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      const call = adminCallOf(request);
      await environmentsOf(call, services).setLogo(call.tenant.environment.id, undefined);
      return reply.code(204).send(null);
    },
  );
}

const environmentsOf = ({ caller }: AdminCall, { storage }: Services) =>
  environmentsBy(storage.environments, { via: 'api', actorId: caller.id });

const organizationLogoUrl = (version: string | null): string | null =>
  version === null ? null : `/organization/logo?v=${version}`;

function environmentView({ thing, revision }: Revised<Environment>, origin: string) {
  const { id, domain, lane, name, settings, logoVersion, createdAt } = thing;
  return {
    ...{ id, domain, lane, name, origin },
    session_idle_timeout_minutes: Math.round(settings.sessionIdleTimeoutMs / MINUTE_MS),
    session_total_age_minutes: Math.round(settings.sessionTotalAgeMs / MINUTE_MS),
    session_id_in_query: settings.sessionIdInQuery,
    single_sign_on: settings.singleSignOn,
    administrators_exempt: settings.administratorsExempt,
    second_factor: settings.secondFactor,
    max_applications: settings.maxApplications,
    appearance: { accent_color: settings.accentColor, logo_url: organizationLogoUrl(logoVersion) },
    created_at: iso(createdAt),
    revision,
  };
}

function toChange(body: Static<typeof EnvironmentChange>): Change {
  const { session_idle_timeout_minutes: idle, session_total_age_minutes: total, name } = body;
  return {
    ...withoutUndefined({ name }),
    settings: withoutUndefined({
      sessionIdleTimeoutMs: idle === undefined ? undefined : idle * MINUTE_MS,
      sessionTotalAgeMs: total === undefined ? undefined : total * MINUTE_MS,
      sessionIdInQuery: body.session_id_in_query,
      singleSignOn: body.single_sign_on,
      administratorsExempt: body.administrators_exempt,
      secondFactor: body.second_factor,
      maxApplications: body.max_applications,
      accentColor: body.appearance?.accent_color,
    }),
  };
}
