import { expect, test } from 'vitest';
import type { ClientId, UserId } from '../ids.js';
import { auditCsvLine, AUDIT_CSV_HEADER } from './audit-csv.js';
import type { AuditEntry } from './audit-store.js';

const EVENT: AuditEntry = {
  id: '1'.repeat(32) as AuditEntry['id'],
  at: Date.UTC(2026, 0, 31),
  type: 'token.refused',
  ...{ user: null, actor: null, via: null, application: null, grantId: null, evidence: null },
  ...{ detail: null, omitted: null, sealed: true },
};
const lastCells = (line: string): string => line.split(',').slice(-3).join(',');

test('a line has as many cells as the header, whatever is missing', () => {
  expect(auditCsvLine(EVENT).split(',')).toHaveLength(AUDIT_CSV_HEADER.split(',').length);
  expect(auditCsvLine(EVENT)).toBe(
    `${'1'.repeat(32)},2026-01-31T00:00:00.000Z,token.refused${','.repeat(15)}true\r\n`,
  );
});

test('commas, quotes and line breaks stay inside their cell (RFC 4180)', () => {
  expect(lastCells(auditCsvLine({ ...EVENT, detail: 'a "b"\nc' }))).toBe('"a ""b""\nc",,true\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])(
  '%j is shown by a spreadsheet, not carried out',
  (name) => {
    const id = '2'.repeat(32);
    const line = auditCsvLine({
      ...EVENT,
      user: { id: id as UserId, username: name, name },
      application: { clientId: id as ClientId, name },
    });
    expect(line.split(`'${name}`)).toHaveLength(4);
  },
);
