import type { Mutant } from './mutant.js';

const AUDIT = 'packages/core/src/audit';
const VERIFY = { row: 120, file: `${AUDIT}/verify-audit.ts`, test: 'audit-tampering.test.ts' };

/** Row 120. */
export const AUDIT_MUTANTS: readonly Mutant[] = [
  {
    ...VERIFY,
    id: 'event-not-compared',
    find: 'if (!equalDigests(hashOfRow(row), hash)) {',
    replace: 'if (false) {',
  },
  {
    ...VERIFY,
    id: 'event-not-missed',
    find: 'if (row === undefined) return',
    replace: 'if (row === undefined) continue; if (false) return',
  },
  {
    ...VERIFY,
    id: 'events-not-counted',
    find: 'if (settled === this.checked) return null;',
    replace: 'return null;',
  },
  {
    ...VERIFY,
    id: 'end-not-noted',
    find: 'if (this.end.sequence < head.sequence) {',
    replace: 'if (false) {',
  },
  {
    ...VERIFY,
    id: 'seal-without-key',
    file: `${AUDIT}/seal-proof.ts`,
    find: 'return equalDigests(macOfChain(key, chain), mac);',
    replace: 'return true;',
  },
  {
    ...VERIFY,
    id: 'sealed-on-top-of-anything',
    file: `${AUDIT}/seal-audit.ts`,
    find: 'if (!equalDigests(macOfHead(key, head, environmentId), head.mac)) throw',
    replace: 'if (false) throw',
  },
];
