import { html, type Html } from '../html.js';
import { shell } from './shell.js';

/** Another organization that this application is registered at. */
export interface OtherOrganization {
  readonly clientId: string;
  /** What its link says. */
  readonly invitation: string;
}

export interface HomeView {
  readonly disconnected: boolean;
  readonly others: readonly OtherOrganization[];
}

/** One decision: connect, or don't. */
export function homePage(view: HomeView): string {
  const notice = html`<p class="notice" role="status" data-notice="disconnected">
    Disconnected. Fluxo has ended the connection, and Lapis has forgotten it.
  </p>`;
  const body = html`${view.disconnected ? notice : undefined}
    <section class="hero">
      <h1>Your projects, on one calm page</h1>
      <p>
        Connect Lapis to your organization to see the projects you have access to. You sign in at your
        organization, never here, and you can disconnect at any time.
      </p>
      <p><a class="button primary" href="/connect">Connect</a></p>
      ${view.others.map(otherWay)}
    </section>`;
  return shell({ name: 'home', title: 'Welcome', body });
}

function otherWay({ clientId, invitation }: OtherOrganization): Html {
  return html`<p><a href="/connect?organization=${clientId}">${invitation}</a></p>`;
}
