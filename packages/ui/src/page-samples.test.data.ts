import type {
  ErrorProblem,
  Organization,
  Page,
  PageContext,
  ProviderProblem,
  RedirectHint,
  ReportedRefusal,
  SignInProblem,
} from './page.js';
import { application, day, minute, now, user } from './page-sample-parts.test.data.js';
import { passwordPages, secondFactorPages } from './page-samples-people.test.data.js';

export { application } from './page-sample-parts.test.data.js';

/** One of everything, for tests and for looking at. */

/** What a host that belongs to nobody has. */
export const bareContext: PageContext = {
  locale: 'en',
  requestId: '7f3kq0w2m9x4',
  stylesheetPath: '/assets/pages.0a1b2c.css',
  consentScriptPath: '/assets/consent.3d4e5f.js',
  now,
};

export const context: PageContext = {
  ...bareContext,
  organization: { name: 'Aurora Foods', domain: 'aurora', lane: 'my' },
};

/** Organizations with a look of their own: colours that are hard to read on light, on dark, and in between. */
export const brandedContexts: readonly PageContext[] = [
  branded('#ffd400', { name: 'Aurora Foods', domain: 'aurora', lane: 'my' }),
  branded('#001f5b', {
    name: 'Northfield & Sons, Department of Very Long Names and of Longer Ones',
    ...{ domain: 'northfield', lane: 'preview' },
  }),
  branded('#777777', { name: 'Brisa', domain: 'brisa', lane: 'my' }),
];

function branded(color: string, organization: Organization): PageContext {
  const accentStylesheetPath = `/assets/accent-${color.slice(1)}.css`;
  return {
    ...bareContext,
    organization: { ...organization, accentStylesheetPath, logoPath: '/organization/logo' },
  };
}

const form = { action: '/oauth2/authorize', flow: 'flowToken123' };

export const consent = {
  kind: 'consent',
  form,
  application,
  user,
  redirectHost: 'planner.northfield.example',
  remembers: false,
  switchAccountAction: '/oauth2/authorize/switch',
} as const satisfies Page;

export const account = {
  kind: 'account',
  user,
  formToken: 'formToken456',
  notice: { kind: 'disconnected', applicationName: 'Old Importer' },
  connections: [
    { consentId: 'consent1', application, connectedAt: now - 40 * day, lastUsedAt: now - 3 * 60 * minute },
    { consentId: 'consent2', application: { name: 'Ledger' }, connectedAt: now - 2 * day },
    {
      consentId: 'consent3',
      application: { name: 'Weather & Soil', developerName: 'Brisa' },
      connectedAt: now - 400 * day,
      lastUsedAt: now - 90 * day,
    },
  ],
  sessions: [
    {
      sessionId: 'session1',
      device: 'Firefox on Linux',
      signedInAt: now - 50 * minute,
      lastUsedAt: now,
      current: true,
    },
    { sessionId: 'session2', signedInAt: now - 3 * day, lastUsedAt: now - day, current: false },
  ],
  secondFactor: { required: false, added: { at: now - 20 * day, recoveryCodesLeft: 8 } },
} as const satisfies Page;

export const signInUsername = { kind: 'sign-in-username', form, application } as const satisfies Page;

export const signInPassword = {
  kind: 'sign-in-password',
  form,
  application,
  username: user.username,
  changeUsernamePath: '/oauth2/authorize?flow=flowToken123',
  forgotPasswordPath: '/forgot-password?flow=flowToken123',
} as const satisfies Page;

const providers = [
  { name: 'Aurora Entra ID', href: '/sign-in/with/p1?flow=flowToken123' },
  { name: 'Northfield & Sons, Department of Very Long Names', href: '/sign-in/with/p2?flow=flowToken123' },
];

/** Records, so that a new kind doesn't compile until it has a sample. */
const providerProblems: Readonly<Record<ProviderProblem, true>> = {
  ...{ unreachable: true, refused: true, invalid: true, 'unknown-person': true, disabled: true, none: true },
};
const refusals: Readonly<Record<ReportedRefusal, true>> = {
  ...{ unreachable: true, refused: true, invalid: true, misconfigured: true, 'federation-id-missing': true },
  ...{ 'email-unverified': true, 'not-linked': true, 'email-missing': true, 'email-domain': true },
  ...{ 'username-taken': true, 'user-disabled': true },
};

const report = {
  providerName: 'Aurora Entra ID',
  mapped: [
    { name: 'federation ID', values: ['6f1c'] },
    { name: 'e-mail', values: [user.username] },
    { name: 'name', values: [] },
  ],
  received: [
    { name: 'sub', values: ['6f1c'] },
    { name: 'groups', values: ['staff', '<script>alert(1)</script>'] },
  ],
};

const providerPages: readonly Page[] = [
  { ...signInUsername, providers },
  { ...signInPassword, providers, problem: { kind: 'not-recognized' } },
  { kind: 'sign-in-choice', application, providers, passwordPath: '/sign-in/with-password' },
  { kind: 'sign-in-choice', providers: providers.slice(0, 1) },
  {
    kind: 'sign-in-forward',
    provider: { name: 'Aurora Entra ID', href: 'https://id.aurora.example/authorize' },
  },
  {
    kind: 'sign-in-forward',
    provider: { name: 'Aurora ADFS', href: 'https://id.aurora.example/saml' },
    form: { SAMLRequest: 'PHNhbWxwOkF1dGhuUmVxdWVzdA==', RelayState: 'fxi1' },
  },
  ...Object.keys(providerProblems).map((problem): Page => ({
    ...{ kind: 'sign-in-provider-problem', problem: problem as ProviderProblem },
    ...{ providerName: 'Aurora Entra ID', tryAgainPath: '/a', otherWayPath: '/b', passwordPath: '/c' },
  })),
  { kind: 'provider-report', report },
  ...Object.keys(refusals).map((reason): Page => ({
    kind: 'provider-report',
    report: { ...report, refusal: { reason: reason as ReportedRefusal, detail: 'unexpected "iss"' } },
  })),
];

const signedOut = { kind: 'signed-out', signInPath: '/account' } as const satisfies Page;

export const signInProblems: readonly SignInProblem[] = [
  { kind: 'username-missing' },
  { kind: 'password-missing' },
  { kind: 'not-recognized' },
  { kind: 'throttled', retryAt: now + 4 * minute },
  { kind: 'busy' },
];

const received = 'https://planner.northfield.example/Callback';

/** A record, so that a new hint doesn't compile until it has a sample. */
const hints: Readonly<Record<RedirectHint, number | undefined>> = {
  scheme: undefined,
  host: undefined,
  port: undefined,
  'letter-case': 36,
  'trailing-slash': received.length + 1,
  path: 36,
  query: 44,
  fragment: undefined,
  'not-a-url': undefined,
};

const simpleProblems: Readonly<Record<ErrorProblem['kind'], ErrorProblem>> = {
  'client-id-missing': { kind: 'client-id-missing' },
  'client-id-malformed': { kind: 'client-id-malformed', received: 'MY-APP' },
  'client-unknown': { kind: 'client-unknown', received: '0123456789abcdef0123456789abcdef' },
  'client-disabled': { kind: 'client-disabled', received: '0123456789abcdef0123456789abcdef' },
  'redirect-uri-missing': { kind: 'redirect-uri-missing' },
  'redirect-uri-none-registered': { kind: 'redirect-uri-none-registered' },
  'redirect-uri-mismatch': { kind: 'redirect-uri-mismatch', mismatch: { received, hint: 'host' } },
  'parameter-repeated': { kind: 'parameter-repeated', parameter: 'redirect_uri' },
  'flow-expired': { kind: 'flow-expired' },
  'flow-not-yours': { kind: 'flow-not-yours' },
  'link-gone': { kind: 'link-gone' },
  'request-refused': { kind: 'request-refused' },
  'administrators-only': { kind: 'administrators-only' },
  'not-found': { kind: 'not-found' },
  'method-not-allowed': { kind: 'method-not-allowed' },
  'bad-request': { kind: 'bad-request' },
  'too-many-flows': { kind: 'too-many-flows' },
  unavailable: { kind: 'unavailable' },
  internal: { kind: 'internal' },
};

export const mismatchPages: readonly Page[] = Object.entries(hints).map(([hint, position]) => ({
  kind: 'error',
  problem: {
    kind: 'redirect-uri-mismatch',
    mismatch: { received, hint: hint as RedirectHint, ...(position === undefined ? {} : { position }) },
  },
}));

export const errorPages: readonly Page[] = Object.values(simpleProblems).map((problem) => ({
  kind: 'error',
  problem,
}));

/** Those on which an organization's look is most to be seen. */
export const brandedPages: readonly Page[] = [
  signInUsername,
  { ...signInPassword, providers, problem: { kind: 'not-recognized' } },
  consent,
  account,
];

export const allPages: readonly Page[] = [
  signInUsername,
  ...signInProblems.map((problem): Page => ({ ...signInUsername, problem })),
  signInPassword,
  ...signInProblems.map((problem): Page => ({ ...signInPassword, problem })),
  ...secondFactorPages,
  ...passwordPages,
  consent,
  { ...consent, remembers: true },
  account,
  {
    ...{ kind: 'account', user, formToken: 'formToken456', connections: [], sessions: [] },
    secondFactor: { required: true },
  },
  signedOut,
  { ...signedOut, provider: { kind: 'offered', name: 'Aurora Entra ID', href: '/signed-out/provider' } },
  ...(['done', 'failed', 'refused'] as const).map((kind): Page => ({
    ...{ ...signedOut, provider: { kind, name: 'Aurora Entra ID' } },
  })),
  ...providerPages,
  ...errorPages,
  ...mismatchPages,
];
