import type { ReactNode } from 'react';
import type { Organization, Page, PageContext } from '../page.js';
import type { Text } from '../text/text.js';
import { FlowLines } from './flow-lines.js';
import { FluxoMark } from './icons.js';
import { Name, nameOf } from './name.js';
import { isOwnPath } from './own-path.js';

interface ShellProps {
  readonly page: Page;
  readonly context: PageContext;
  readonly text: Text;
  readonly title: string;
  readonly children: ReactNode;
}

/** What surrounds every page: whose it is, the page, who made it. */
export function Shell({ page, context, text, title, children }: ShellProps): ReactNode {
  const { organization } = context;
  const accentStylesheetPath = organization?.accentStylesheetPath;
  const site = organization === undefined ? 'Fluxo' : nameOf(organization.name, text, 60);
  return (
    <html lang={context.locale} dir="ltr">
      <head>
        <meta charSet="utf-8" />
        <title>{text.t('common.pageTitle', { title, site })}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={context.stylesheetPath} />
        {isOwnPath(accentStylesheetPath) && <link rel="stylesheet" href={accentStylesheetPath} />}
        {page.kind === 'consent' && context.consentScriptPath !== undefined && (
          <script src={context.consentScriptPath} defer />
        )}
      </head>
      <body>
        <FlowLines />
        <SiteHeader organization={organization} text={text} />
        <main data-page={page.kind} data-problem={problemOf(page)}>
          {children}
        </main>
        <footer className="site-footer">
          <FluxoMark />
          <span>Fluxo</span>
        </footer>
      </body>
    </html>
  );
}

function problemOf(page: Page): string | undefined {
  if (page.kind === 'error') return page.problem.kind;
  if (page.kind === 'sign-in-provider-problem') return page.problem;
  return page.kind === 'provider-report' ? page.report.refusal?.reason : undefined;
}

function SiteHeader(props: {
  readonly organization: Organization | undefined;
  readonly text: Text;
}): ReactNode {
  const { organization, text } = props;
  if (organization === undefined) return null;
  const name = <Name text={text} value={organization.name} />;
  return (
    <header className="site-header">
      {organization.lane !== 'my' && (
        <p className="lane-strip">
          {text.rich('lane.strip', {
            lane: (
              <strong>
                <Name text={text} value={organization.lane} />
              </strong>
            ),
            organization: name,
          })}
        </p>
      )}
      <p className="site-name">
        {isOwnPath(organization.logoPath) && (
          <img className="site-logo" src={organization.logoPath} alt="" width="32" height="32" />
        )}
        <span>{name}</span>
      </p>
    </header>
  );
}
