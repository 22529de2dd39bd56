import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accentStylesheet, consentScript, renderPage, stylesheet, type Locale } from '@fluxo/ui';
import {
  allPages,
  brandedContexts,
  brandedPages,
  context,
} from '../../packages/ui/src/page-samples.test.data.js';

/** An organization's logo. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 3 29 27H3z" fill="#c2410c"/></svg>`;

/** Each page as Fluxo shows it, and some as organizations with a look of their own do. */
const SHOWN = [
  ...allPages.map((page) => ({ page, context, look: '' })),
  ...brandedContexts.flatMap((branded, index) =>
    brandedPages.map((page) => ({ page, context: branded, look: `-look${index}` })),
  ),
];

const nameOf = (problem: string | { readonly kind: string }): string =>
  typeof problem === 'string' ? problem : problem.kind;

export interface ShownPage {
  /** What tells it from all others, for messages and file names. */
  readonly name: string;
  readonly path: (locale: Locale) => string;
}

/**
 * Every page that the server can show, one of each kind and problem, also those that a server in good health
 * never shows. The samples are records of the kinds: a new kind doesn't compile until it has one.
 */
export class EveryPage {
  readonly pages: readonly ShownPage[];
  readonly origin: string;
  readonly close: () => void;

  private constructor(origin: string, close: () => void) {
    this.origin = origin;
    this.close = close;
    this.pages = SHOWN.map(({ page, look }, index) => {
      const problem = 'problem' in page ? `-${nameOf(page.problem)}` : '';
      return {
        name: `${index}-${page.kind}${problem}${look}`,
        path: (locale) => `${origin}/page/${locale}/${index}`,
      };
    });
  }

  static async serve(): Promise<EveryPage> {
    const server = createServer((request, response) => {
      const [, locale, index] = /^\/page\/([a-zA-Z-]+)\/(\d+)$/.exec(request.url ?? '') ?? [];
      const shown = SHOWN[Number(index)];
      const [, color] = /^\/assets\/accent-([0-9a-f]{6})\.css$/.exec(request.url ?? '') ?? [];
      if (request.url === context.stylesheetPath) {
        response.setHeader('content-type', 'text/css').end(stylesheet);
      } else if (request.url === context.consentScriptPath) {
        response.setHeader('content-type', 'text/javascript').end(consentScript);
      } else if (color !== undefined) {
        response.setHeader('content-type', 'text/css').end(accentStylesheet(`#${color}`));
      } else if (request.url === '/organization/logo') {
        response.setHeader('content-type', 'image/svg+xml').end(LOGO);
      } else if (shown === undefined) response.writeHead(404).end();
      else {
        const html = renderPage(shown.page, { ...shown.context, locale: locale as Locale });
        response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
      }
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const close = (): void => {
      server.close();
      server.closeAllConnections();
    };
    return new EveryPage(`http://127.0.0.1:${port}`, close);
  }
}
