import type { AuditEntry } from './audit-store.js';

const COLUMNS = [
  ...[
    'id',
    'at',
    'type',
    'wid',
    'username',
    'name',
    'actor_wid',
    'actor_username',
    'via',
    'client_id',
    'application',
  ],
  ...['grant_id', 'check', 'expected', 'received', 'detail', 'omitted', 'sealed'],
];

/** The first line of a table of events (RFC 4180). */
export const AUDIT_CSV_HEADER = lineOf(COLUMNS);

/** One event as a line of the table. */
export function auditCsvLine(event: AuditEntry): string {
  const { user, actor, application, evidence, omitted } = event;
  return lineOf([
    ...[event.id, new Date(event.at).toISOString(), event.type],
    ...[user?.id, user?.username, user?.name, actor?.id, actor?.username, event.via],
    ...[application?.clientId, application?.name, event.grantId],
    ...[evidence?.check, evidence?.expected, evidence?.received],
    ...[event.detail, omitted === null ? null : String(omitted), String(event.sealed)],
  ]);
}

function lineOf(values: readonly (string | null | undefined)[]): string {
  return `${values.map((value) => cellOf(value ?? '')).join(',')}\r\n`;
}

/** A name may begin like a formula; a spreadsheet must show it, not carry it out. */
function cellOf(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
