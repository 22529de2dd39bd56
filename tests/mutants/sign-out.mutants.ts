import type { Mutant } from './mutant.js';

const CORE = 'packages/core/src/identity-providers';
const SAML = 'packages/server/src/adapters/saml';
const ROW = { row: 110, test: 'sso-sign-out.test.ts' };
const REDIRECT = { ...ROW, file: `${SAML}/open-redirect.ts` };
const READ = { ...ROW, file: `${SAML}/read-sign-out.ts` };
const SIGN_OUT = { ...ROW, file: `${CORE}/provider-sign-out.ts` };
const STORED = { ...ROW, file: 'packages/storage/src/operations/provider-sessions.ts' };
const TICKET = { ...ROW, file: `${CORE}/sign-out-ticket.ts` };

/** Row 110, where a provider speaks of a sign-out. */
export const SIGN_OUT_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'sign-out-by-anybody', ...REDIRECT },
    find: "if (!proven) refuse('signature', 'a signature by a certificate of the provider', 'another');",
    replace: '',
  },
  {
    ...{ id: 'sign-out-by-sha1', ...REDIRECT },
    find: "const hash = algorithm.endsWith('sha512') ? 'sha512' : 'sha256';",
    replace: "const hash = algorithm.endsWith('sha1') ? 'sha1' : 'sha256';",
    also: {
      file: `${SAML}/saml-names.ts`,
      find: '  RSA_SHA256,',
      replace: "  RSA_SHA256,\n  'http://www.w3.org/2000/09/xmldsig#rsa-sha1',",
    },
  },
  {
    ...{ id: 'sign-out-with-a-second-message', ...REDIRECT },
    find: "if (parts[name] !== undefined) refuse('structure', `${name} once`, 'twice');",
    replace: '',
  },
  {
    ...{ id: 'sign-out-by-another-issuer', ...READ },
    find: 'if (issuer !== provider.entityId)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'sign-out-for-another-address', ...READ },
    find: 'if (destination !== sloUrl)',
    replace: 'if (false)',
  },
  {
    ...{ id: 'sign-out-of-any-time', ...READ },
    find: "return judgeIssueInstant(attributeOf(root, 'IssueInstant'), now);",
    replace: 'return now + 600_000;',
  },
  {
    ...{ id: 'sign-out-of-all-for-one', ...READ },
    find: "(index) => textOf(index) ?? refuse('subject', 'a SessionIndex with a text', 'another'),\n  );",
    replace: "(index) => textOf(index) ?? '',\n  ).filter((text) => text !== '');",
  },
  {
    ...{ id: 'sign-out-used-again', ...STORED },
    find: "if (!(yield* replayOperations(scope).writes.useOnce(digest, until, now))) return 'replayed';",
    replace: 'void [replayOperations, digest, until, now];',
  },
  {
    ...{ id: 'sign-out-that-nobody-asked-for', ...SIGN_OUT },
    find: "if (!isSignOutRequestId(inResponseTo, state, essentials.keyRing)) return refused('Nobody asked for it.');",
    replace: 'void [inResponseTo, essentials, isSignOutRequestId];',
  },
  {
    ...{ id: 'sign-out-of-everybody', ...STORED },
    find: ".where('provider_subject', '=', ending.subjectDigest)",
    replace: '',
  },
  {
    ...{ id: 'sign-out-past-the-second-step', ...STORED },
    find: 'yield* endProofs(scope, ending);',
    replace: 'void endProofs;',
  },
  {
    ...{ id: 'sign-out-ticket-in-any-browser', ...TICKET },
    find: "return key.mac('provider-sign-out-ticket', where, said, browserDigest).subarray(0, MAC_BYTES);",
    replace: "return key.mac('provider-sign-out-ticket', where, said).subarray(0, MAC_BYTES);",
  },
  {
    ...{ id: 'sign-out-ticket-for-any-use', ...TICKET },
    find: 'Buffer.from([USE_BYTE[use]])',
    replace: 'Buffer.from([USE_BYTE[use] * 0])',
  },
];
