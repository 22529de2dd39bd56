import type { AuditEntry, AuditFilter, AuditPage, AuditQuery, AuditStore } from './audit-store.js';

/** So many looks of the store a page may take; then it is handed over as it is, with the place to go on. */
const MOST_LOOKS = 50;
const STREAM_LIMIT = 500;

/** One page of the log, newest first. It may be short, and even empty, while `nextCursor` says that there is more. */
export async function readAudit(store: AuditStore, query: AuditQuery): Promise<AuditPage> {
  const events: AuditEntry[] = [];
  let page: AuditPage = { events, nextCursor: query.cursor ?? null };
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const from = page.nextCursor === null ? {} : { cursor: page.nextCursor };
    page = await store.page({ ...query, ...from, limit: query.limit - events.length });
    events.push(...page.events);
    if (page.nextCursor === null || events.length === query.limit) break;
  }
  return { events, nextCursor: page.nextCursor };
}

/** All that the filter finds, newest first, read page by page as it is consumed. */
export async function* streamAudit(
  store: AuditStore,
  filter: AuditFilter,
): AsyncGenerator<AuditEntry, void, undefined> {
  let cursor: AuditQuery['cursor'] | null = undefined;
  do {
    const page: AuditPage = await store.page({
      ...filter,
      ...(cursor ? { cursor } : {}),
      limit: STREAM_LIMIT,
    });
    yield* page.events;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
