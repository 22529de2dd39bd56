import type {
  ErrorProblem,
  Locale,
  NewPasswordProblem,
  ProviderProblem,
  RedirectHint,
  ReportedRefusal,
  SecondFactorProblem,
  SignInProblem,
} from '../page.js';
import { brazilianPortuguese } from './brazilian-portuguese.js';
import { english } from './english.js';

/** Texts that each kind of problem must have; a new kind without its words doesn't compile. */
type DemandedKey =
  | `error.${ErrorProblem['kind']}.${'title' | 'wrong' | 'todo'}`
  | `redirect.${RedirectHint}`
  | `newPassword.problem.${Exclude<NewPasswordProblem['kind'], 'busy'>}`
  | `signIn.problem.${SignInProblem['kind']}`
  | `secondFactor.problem.${Exclude<SecondFactorProblem['kind'], 'throttled' | 'busy'>}`
  | `provider.${ProviderProblem}.${'title' | 'wrong' | 'todo'}`
  | `report.${ReportedRefusal}`;

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;

export const texts = {
  en: english satisfies Readonly<Record<DemandedKey, string>>,
  'pt-BR': brazilianPortuguese,
} as const satisfies Readonly<Record<Locale, Messages>>;
