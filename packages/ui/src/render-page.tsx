import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { nameOf } from './components/name.js';
import { Shell } from './components/shell.js';
import type { Page, PageContext } from './page.js';
import { AccountPage } from './pages/account.js';
import { ConsentPage } from './pages/consent.js';
import { ErrorPage } from './pages/error.js';
import { ProviderReportPage } from './pages/provider-report.js';
import { SignInChoicePage } from './pages/sign-in-choice.js';
import { SignInForwardPage } from './pages/sign-in-forward.js';
import { ForgotPasswordPage, ForgotPasswordSentPage } from './pages/forgot-password.js';
import { NewPasswordDonePage, NewPasswordPage } from './pages/new-password.js';
import { RecoveryCodesPage } from './pages/recovery-codes.js';
import { SecondFactorCodePage } from './pages/second-factor-code.js';
import { SecondFactorConfirmPage } from './pages/second-factor-confirm.js';
import { SecondFactorSetUpPage } from './pages/second-factor-set-up.js';
import { SignInPasswordPage } from './pages/sign-in-password.js';
import { SignInProviderProblemPage } from './pages/sign-in-provider-problem.js';
import { SignInUsernamePage } from './pages/sign-in-username.js';
import { SignedOutPage } from './pages/signed-out.js';
import { textIn, type Text } from './text/text.js';

/** A whole HTML document for one page. Pure: the same data gives the same text (`context.now` is part of it). */
export function renderPage(page: Page, context: PageContext): string {
  const text = textIn(context.locale, context.now ?? Date.now());
  const title = titleOf(page, text);
  const document = (
    <Shell {...{ page, context, text, title }}>
      <Content {...{ page, context, text }} />
    </Shell>
  );
  return `<!doctype html>${plainAttributes(renderToStaticMarkup(document))}`;
}

const SPACE = ' '.charCodeAt(0);
const LETTER_A = 'A'.charCodeAt(0);
const LETTER_Z = 'Z'.charCodeAt(0);

/**
 * React writes `autoComplete`, `dateTime`; HTML doesn't mind, but scripts that read a page with simple means look for
 * `autocomplete`. In React's output every value is quoted and has `"` escaped, and so has all text: behind a value's
 * last quote the next `="` is that of the next attribute.
 */
function plainAttributes(html: string): string {
  let plain = '';
  let copied = 0;
  let end = html.indexOf('="');
  while (end >= 0) {
    // Letter by letter: names are short, and nearly all are plain already.
    let start = end;
    let capital = false;
    for (; start > 0; start -= 1) {
      const code = html.charCodeAt(start - 1);
      if (code === SPACE) break;
      capital ||= code >= LETTER_A && code <= LETTER_Z;
    }
    if (capital) {
      plain += html.slice(copied, start) + html.slice(start, end).toLowerCase();
      copied = end;
    }
    end = html.indexOf('="', Math.max(end, html.indexOf('"', end + 2)) + 1);
  }
  return plain + html.slice(copied);
}

function Content(props: {
  readonly page: Page;
  readonly context: PageContext;
  readonly text: Text;
}): ReactNode {
  const { page, context, text } = props;
  switch (page.kind) {
    case 'sign-in-username':
      return <SignInUsernamePage {...{ page, context, text }} />;
    case 'sign-in-password':
      return <SignInPasswordPage {...{ page, context, text }} />;
    case 'sign-in-choice':
      return <SignInChoicePage {...{ page, context, text }} />;
    case 'sign-in-forward':
      return <SignInForwardPage {...{ page, context, text }} />;
    case 'sign-in-provider-problem':
      return <SignInProviderProblemPage {...{ page, context, text }} />;
    case 'provider-report':
      return <ProviderReportPage {...{ page, context, text }} />;
    case 'second-factor-code':
      return <SecondFactorCodePage {...{ page, context, text }} />;
    case 'second-factor-set-up':
      return <SecondFactorSetUpPage {...{ page, context, text }} />;
    case 'second-factor-confirm':
      return <SecondFactorConfirmPage {...{ page, context, text }} />;
    case 'recovery-codes':
      return <RecoveryCodesPage {...{ page, context, text }} />;
    case 'consent':
      return <ConsentPage {...{ page, context, text }} />;
    case 'account':
      return <AccountPage {...{ page, context, text }} />;
    case 'forgot-password':
      return <ForgotPasswordPage {...{ page, context, text }} />;
    case 'forgot-password-sent':
      return <ForgotPasswordSentPage {...{ page, context, text }} />;
    case 'new-password':
      return <NewPasswordPage {...{ page, context, text }} />;
    case 'new-password-done':
      return <NewPasswordDonePage {...{ page, context, text }} />;
    case 'signed-out':
      return <SignedOutPage {...{ page, context, text }} />;
    case 'error':
      return <ErrorPage {...{ page, context, text }} />;
  }
}

function titleOf(page: Page, text: Text): string {
  switch (page.kind) {
    case 'sign-in-username':
      return withProblem(text.t('signIn.title'), page.problem !== undefined, text);
    case 'sign-in-password':
      return withProblem(text.t('signIn.passwordTitle'), page.problem !== undefined, text);
    case 'sign-in-choice':
      return text.t('signIn.title');
    case 'sign-in-forward':
      return text.t('signIn.forwardTitle', { provider: nameOf(page.provider.name, text, 60) });
    case 'sign-in-provider-problem':
      return text.t(`provider.${page.problem}.title`, {
        provider: nameOf(page.providerName ?? '', text, 60),
      });
    case 'provider-report':
      return text.t('report.title');
    case 'second-factor-code': {
      const title = page.way === 'app' ? 'secondFactor.codeTitle' : 'secondFactor.recoveryTitle';
      return withProblem(text.t(title), page.problem !== undefined, text);
    }
    case 'second-factor-set-up':
      return withProblem(text.t('secondFactor.setUpTitle'), page.problem !== undefined, text);
    case 'second-factor-confirm':
      return withProblem(text.t(`secondFactor.${page.change}Title`), page.problem !== undefined, text);
    case 'recovery-codes':
      return text.t('secondFactor.codesTitle');
    case 'consent':
      return text.t('consent.documentTitle', { application: nameOf(page.application.name, text, 60) });
    case 'account':
      return text.t('account.title');
    case 'forgot-password':
      return withProblem(text.t('forgotPassword.title'), page.problem !== undefined, text);
    case 'forgot-password-sent':
      return text.t('forgotPassword.sentTitle');
    case 'new-password':
      return withProblem(text.t(`newPassword.${page.purpose}.title`), page.problem !== undefined, text);
    case 'new-password-done':
      return text.t('newPassword.doneTitle');
    case 'signed-out':
      return text.t('signedOut.title');
    case 'error':
      return text.t(`error.${page.problem.kind}.title`);
  }
}

/** The title is the first thing a screen reader says after a form came back. */
const withProblem = (title: string, failed: boolean, text: Text): string =>
  failed ? text.t('common.errorTitle', { title }) : title;
