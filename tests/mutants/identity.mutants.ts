import type { Mutant } from './mutant.js';

const CORE = 'packages/core/src/identity-providers';
const OPERATIONS = 'packages/storage/src/operations';
const PAGES = 'packages/server/src/surfaces/pages';
const SAML = 'packages/server/src/adapters/saml';
const OIDC = 'packages/server/src/adapters/oidc';
const TEST = { test: 'sso-oidc.test.ts' };
const FINISH = { ...TEST, row: 73, file: `${CORE}/finish-provider-sign-in.ts` };
const FLOWS = { ...TEST, file: `${OPERATIONS}/flows.ts` };
const MAP = { ...TEST, row: 74, file: `${CORE}/map-person.ts` };
const ENDINGS = { ...TEST, row: 26, file: `${OPERATIONS}/provider-endings.ts` };

const POSTED = { test: 'sso-saml.test.ts', row: 71 };

/** Rows 26, 51, 64, 71, 73 and 74, where an identity provider answers. */
export const IDENTITY_MUTANTS: readonly Mutant[] = [
  {
    ...{ id: 'assertion-used-again', ...POSTED, file: `${CORE}/judge-provider-answer.ts` },
    find: 'const isFirst = await claim(provider, outcome.once, context);',
    replace: 'const isFirst = true as boolean;',
  },
  {
    ...{ id: 'response-to-any-request', ...POSTED, file: `${SAML}/accept-response.ts` },
    find: 'if (inResponseTo !== expectedRequestId)',
    replace: 'if (false)',
    also: {
      file: `${SAML}/judge-assertion.ts`,
      find: 'if (confirmation.inResponseTo !== requestId)',
      replace: 'if (false)',
    },
  },
  {
    ...{ id: 'response-with-any-state', ...POSTED, file: `${CORE}/receive-provider-answer.ts` },
    find: ' && equalDigests(flow.providerStateDigest, presented.digest)',
    replace: '',
  },
  {
    ...{ id: 'response-in-a-query', ...POSTED, file: `${PAGES}/require-provider.ts` },
    find: ' || (kind !== undefined && provider.settings.kind !== kind)',
    replace: '',
  },
  {
    ...{ id: 'response-in-any-browser', ...POSTED, row: 51, file: `${CORE}/finish-provider-sign-in.ts` },
    find: 'if (came.browserDigest === undefined || !equalDigests(flow.browserDigest, came.browserDigest))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'id-token-signature-ignored', ...TEST, row: 73, file: `${OIDC}/discovered-providers.ts` },
    find: '      enableNonRepudiationChecks,\n',
    replace: '',
  },
  {
    ...{ id: 'state-ignored', ...FINISH },
    find: "if (!equalDigests(flow.providerStateDigest, presented.digest)) return { kind: 'not-yours' };",
    replace: '',
  },
  {
    ...{ id: 'answer-of-another-provider', ...FINISH },
    find: "if (flow.providerId !== came.providerId) return { kind: 'not-yours' };",
    replace: '',
    also: {
      file: `${OPERATIONS}/flows.ts`,
      find: ".where('provider_id', '=', answer.providerId)",
      replace: '',
    },
  },
  {
    ...{ id: 'answer-in-any-browser', ...FINISH },
    find: 'if (came.browserDigest === undefined || !equalDigests(flow.browserDigest, came.browserDigest))',
    replace: 'if (false)',
  },
  {
    ...{ id: 'answer-taken-again', ...FLOWS, row: 73 },
    find: '.set({ digest: answer.newFlowDigest, provider_state_digest: null })',
    replace: '.set({ digest: answer.newFlowDigest })',
  },
  {
    ...{ id: 'unverified-address-as-identity', ...MAP },
    find: "if (byEmail !== undefined && settings.kind === 'oidc' && verified(byEmail) !== true)",
    replace: 'if (false)',
  },
  {
    ...{ id: 'user-under-unverified-address', ...MAP },
    find: "if (emailVerified === false) return 'email-unverified';",
    replace: '',
  },
  {
    ...{ id: 'user-under-foreign-address', ...MAP },
    find: "if (emailDomains.length > 0 && !emailDomains.includes(domain)) return 'email-domain';",
    replace: '',
  },
  {
    ...{ id: 'linked-by-address', ...TEST, row: 74, file: `${CORE}/find-person.ts` },
    find: "if (outcome === 'username-taken') return refused('username-taken', federationId);",
    replace:
      "if (outcome === 'username-taken') { const same = await context.users.findByUsername(row.usernameKey); if (same !== undefined) await context.federatedIdentities.link(link, same.user.id, now); }",
  },
  {
    ...{ id: 'subject-of-any-provider', ...TEST, row: 74, file: `${OPERATIONS}/federated-identities.ts` },
    find: "          .where('provider_id', '=', providerId)\n          .where('federation_id', '=', federationId),\n      );\n      return row?.user_id",
    replace: "          .where('federation_id', '=', federationId),\n      );\n      return row?.user_id",
    also: {
      file: `${OPERATIONS}/flows.ts`,
      find: ".where('provider_id', '=', proof.providerId)\n      .where('federation_id', '=', proof.federationId),",
      replace: ".where('federation_id', '=', proof.federationId),",
    },
  },
  {
    ...{ id: 'session-survives-its-provider', ...ENDINGS },
    find: '.set({ ended_at: at })',
    replace: '.set({ ended_at: null })',
  },
  {
    ...{ id: 'code-survives-its-provider', ...ENDINGS },
    find: '        revoked_at: at,\n',
    replace: '',
  },
  {
    ...{
      id: 'provider-of-another-environment',
      ...TEST,
      row: 64,
      file: `${OPERATIONS}/identity-providers.ts`,
    },
    find: "db.selectFrom('identity_providers').selectAll().where('environment_id', '=', environmentId);",
    replace: "db.selectFrom('identity_providers').selectAll();",
  },
];
