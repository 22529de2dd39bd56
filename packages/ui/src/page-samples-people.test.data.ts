import type { NewPasswordProblem, Page, SecondFactorProblem } from './page.js';
import { application, minute, now, user } from './page-sample-parts.test.data.js';

/** A record, so that a new problem doesn't compile until it has a sample. */
const secondFactorProblems: Readonly<Record<SecondFactorProblem['kind'], SecondFactorProblem>> = {
  'code-missing': { kind: 'code-missing' },
  'code-wrong': { kind: 'code-wrong' },
  'recovery-code-wrong': { kind: 'recovery-code-wrong' },
  'setup-gone': { kind: 'setup-gone' },
  'proof-missing': { kind: 'proof-missing' },
  'proof-wrong': { kind: 'proof-wrong' },
  throttled: { kind: 'throttled', retryAt: now + 4 * minute },
  busy: { kind: 'busy' },
};

const secondFactorCode = {
  kind: 'second-factor-code',
  form: { action: '/sign-in/second-factor', flow: 'flowToken123' },
  application,
  username: user.username,
  way: 'app',
  otherWayPath: '/sign-in/second-factor?flow=flowToken123&with=recovery-code',
  changeUsernamePath: '/sign-in?flow=flowToken123',
} as const satisfies Page;

const secondFactorSetUp = {
  kind: 'second-factor-set-up',
  form: { action: '/account/second-factor/set-up', hidden: { form_token: 'token', setup: 'sealed' } },
  username: user.username,
  uri: 'otpauth://totp/Aurora%20Foods:ana.lima%40aurora.example?issuer=Aurora%20Foods&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  required: false,
} as const satisfies Page;

const secondFactorConfirm = {
  kind: 'second-factor-confirm',
  change: 'renew',
  form: { action: '/account/second-factor/renew', hidden: { form_token: 'token' } },
  username: user.username,
} as const satisfies Page;

const recoveryCodes = {
  kind: 'recovery-codes',
  codes: Array.from({ length: 10 }, (_, index) => `k3mq-90ab-w7xz-5${index}fh`),
  continuePath: '/account',
} as const satisfies Page;

export const secondFactorPages: readonly Page[] = [
  secondFactorCode,
  { ...secondFactorCode, way: 'recovery-code' },
  ...Object.values(secondFactorProblems).map((problem): Page => ({ ...secondFactorCode, problem })),
  secondFactorSetUp,
  { ...secondFactorSetUp, required: true, application, changeUsernamePath: '/sign-in?flow=flowToken123' },
  { ...secondFactorSetUp, problem: secondFactorProblems['setup-gone'] },
  recoveryCodes,
  secondFactorConfirm,
  { ...secondFactorConfirm, change: 'remove', problem: secondFactorProblems['proof-wrong'] },
];

const forgotPassword = {
  kind: 'forgot-password',
  action: '/forgot-password',
  username: user.username,
} as const satisfies Page;

const newPassword = {
  kind: 'new-password',
  purpose: 'reset',
  form: { action: '/new-password', hidden: { link: 'linkToken789' } },
  username: user.username,
  connections: [application, { name: 'Ledger' }],
} as const satisfies Page;

const newPasswordProblems: Readonly<Record<NewPasswordProblem['kind'], NewPasswordProblem>> = {
  'password-missing': { kind: 'password-missing' },
  'password-length': { kind: 'password-length' },
  busy: { kind: 'busy' },
};

const newPasswordDone = {
  kind: 'new-password-done',
  purpose: 'reset',
  endsConnections: false,
  signInPath: '/account',
} as const satisfies Page;

export const passwordPages: readonly Page[] = [
  forgotPassword,
  { ...forgotPassword, problem: { kind: 'username-missing' } },
  { ...forgotPassword, problem: { kind: 'throttled', retryAt: now + 4 * minute } },
  { kind: 'forgot-password-sent', signInPath: '/account' },
  newPassword,
  { ...newPassword, purpose: 'invitation', connections: [] },
  ...Object.values(newPasswordProblems).map((problem): Page => ({ ...newPassword, problem })),
  newPasswordDone,
  { ...newPasswordDone, endsConnections: true },
  { ...newPasswordDone, purpose: 'invitation' },
];
