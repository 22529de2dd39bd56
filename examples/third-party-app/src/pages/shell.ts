import { html, type Html } from '../html.js';

export interface Page {
  readonly name: 'home' | 'projects' | 'error';
  readonly title: string;
  readonly body: Html;
}

/** What every page of Lapis shares. */
export function shell(page: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · Lapis</title>
        <link rel="icon" href="/lapis.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/lapis.css" />
      </head>
      <body data-page="${page.name}">
        <header class="bar">
          <a class="brand" href="/"><img src="/lapis.svg" alt="" width="28" height="28" />Lapis</a>
          <span class="tagline">plans across your tools</span>
        </header>
        <main>${page.body}</main>
        <footer>Lapis is an example of a third-party application. It is not part of Fluxo.</footer>
      </body>
    </html>`.markup;
}
