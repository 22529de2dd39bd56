import { html } from '../html.js';
import { shell } from './shell.js';

/** One decision: connect, or don't. */
export function homePage(options: { readonly disconnected: boolean }): string {
  const notice = html`<p class="notice" role="status" data-notice="disconnected">
    Disconnected. Fluxo has ended the connection, and Lapis has forgotten it.
  </p>`;
  const body = html`${options.disconnected ? notice : undefined}
    <section class="hero">
      <h1>Your projects, on one calm page</h1>
      <p>
        Connect Lapis to your organization to see the projects you have access to. You sign in at your
        organization, never here, and you can disconnect at any time.
      </p>
      <p><a class="button primary" href="/connect">Connect</a></p>
    </section>`;
  return shell({ name: 'home', title: 'Welcome', body });
}
