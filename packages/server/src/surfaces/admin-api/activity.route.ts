import { Readable } from 'node:stream';
import {
  AUDIT_CSV_HEADER,
  auditCsvLine,
  parseId,
  readAudit,
  streamAudit,
  verifyAudit,
  type AuditEntry,
  type AuditEventId,
  type AuditFilter,
  type AuditPerson,
  type ClientId,
  type UserId,
} from '@fluxo/core';
import { Type } from 'typebox';
import type { Services } from '../../services.js';
import { withoutUndefined } from '../../without-undefined.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { cursorOf, readPage } from './paging.js';
import { ActivityEvent, ACTIVITY_FILTER, Seal } from './schemas/activity.schema.js';
import { PageOf, PageQuery, PROBLEM_RESPONSE, Query } from './schemas/common.schema.js';
import { iso, isoOrNull } from './views.js';

const TAGS = { tags: ['activity'] };

/** Who did what, and the proof that nothing of it was changed. */
export function registerActivity(api: AdminApi, services: Services): void {
  api.get(
    '/activity',
    {
      schema: {
        ...{ ...TAGS, operationId: 'listActivity' },
        summary: 'Who did what, the newest first; a page may be short, and even empty, before the end',
        querystring: PageQuery(ACTIVITY_FILTER),
        response: { 200: PageOf(ActivityEvent), default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const call = adminCallOf(request);
      const { query } = request;
      const asked = { list: 'activity', query, call, services };
      const { limit, after } = readPage(asked);
      const [cursor] = (after ?? []) as readonly AuditEventId[];
      const page = await readAudit(call.tenant.storage.audit, {
        ...{ ...toFilter(query), limit },
        ...(cursor === undefined ? {} : { cursor }),
      });
      const next = page.nextCursor === null ? null : [page.nextCursor];
      return { items: page.events.map(eventView), next_cursor: cursorOf(next, asked) };
    },
  );
  api.get(
    '/activity.csv',
    {
      schema: {
        ...{
          ...TAGS,
          operationId: 'exportActivity',
          summary: 'All that the filter finds, as a table (RFC 4180)',
        },
        querystring: Query(ACTIVITY_FILTER),
        response: {
          200: { description: 'The table', content: { 'text/csv': { schema: Type.String() } } },
          default: PROBLEM_RESPONSE,
        },
      },
    },
    (request, reply) => {
      const { storage, environment } = adminCallOf(request).tenant;
      const name = `activity-${environment.domain}-${environment.lane}.csv`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      reply.type('text/csv; charset=utf-8');
      const table = Readable.from(lines(streamAudit(storage.audit, toFilter(request.query))));
      // The schema is of the whole text; it is never whole here.
      void reply.send(table as unknown as string);
    },
  );
  api.get(
    '/activity/seal',
    {
      schema: {
        ...{ ...TAGS, operationId: 'checkActivity', summary: 'Look whether the log is as it was sealed' },
        response: { 200: Seal, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      const { storage, environment } = adminCallOf(request).tenant;
      const { keyRing } = services.essentials;
      const context = { store: storage.auditSeals, environmentId: environment.id, keyRing };
      const { checked, sealedUntil, broken } = await verifyAudit(context);
      return {
        ...{ checked, sealed_until: isoOrNull(sealedUntil), intact: broken === null },
        first_broken: broken?.text ?? null,
      };
    },
  );
}

async function* lines(events: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield AUDIT_CSV_HEADER;
  for await (const event of events) yield auditCsvLine(event);
}

interface FilterQuery {
  readonly q?: string;
  readonly type?: readonly string[];
  readonly wid?: string;
  readonly client_id?: string;
  readonly from?: string;
  readonly to?: string;
}

function toFilter({ q, type, wid, client_id: clientId, from, to }: FilterQuery): AuditFilter {
  return withoutUndefined({
    text: q,
    types: type,
    userId: wid === undefined ? undefined : parseId<UserId>(wid),
    clientId: clientId === undefined ? undefined : parseId<ClientId>(clientId),
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  });
}

function eventView({ user, actor, application, evidence, ...event }: AuditEntry) {
  return {
    ...{ id: event.id, at: iso(event.at), type: event.type, via: event.via },
    user: somebody(user),
    actor: somebody(actor),
    application: application === null ? null : { client_id: application.clientId, name: application.name },
    grant_id: event.grantId,
    evidence:
      evidence === null
        ? null
        : {
            check: evidence.check,
            expected: evidence.expected ?? null,
            received: evidence.received ?? null,
          },
    ...{ detail: event.detail, omitted: event.omitted, sealed: event.sealed },
  };
}

const somebody = (person: AuditPerson | null) =>
  person === null ? null : { wid: person.id, username: person.username, name: person.name };
