import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { isolatedName } from './components/name.js';
import { Shell } from './components/shell.js';
import type { Page, PageContext } from './page.js';
import { AccountPage } from './pages/account.js';
import { ConsentPage } from './pages/consent.js';
import { ErrorPage } from './pages/error.js';
import { SignInPasswordPage } from './pages/sign-in-password.js';
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
  return `<!doctype html>${renderToStaticMarkup(document)}`;
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
    case 'consent':
      return <ConsentPage {...{ page, context, text }} />;
    case 'account':
      return <AccountPage {...{ page, context, text }} />;
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
    case 'consent':
      return text.t('consent.documentTitle', { application: isolatedName(page.application.name, text) });
    case 'account':
      return text.t('account.title');
    case 'signed-out':
      return text.t('signedOut.title');
    case 'error':
      return text.t(`error.${page.problem.kind}.title`);
  }
}

/** The title is the first thing a screen reader says after a form came back. */
const withProblem = (title: string, failed: boolean, text: Text): string =>
  failed ? text.t('common.errorTitle', { title }) : title;
