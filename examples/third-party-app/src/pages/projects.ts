import type { Tokens } from '@fluxo/client';
import { html, type Html } from '../html.js';
import type { Project } from '../project-list.js';
import { shell } from './shell.js';
import { duration } from './duration.js';

export interface ProjectsView {
  readonly projects: readonly Project[];
  readonly tokens: Tokens;
  readonly domain: string | undefined;
  readonly lane: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function projectsPage(view: ProjectsView): string {
  const { projects } = view;
  const count = projects.length === 1 ? '1 project' : `${projects.length} projects`;
  const list =
    projects.length === 0
      ? html`<p class="empty">There are no projects you have access to yet.</p>`
      : html`<ul class="projects">
          ${projects.map(row)}
        </ul>`;
  const body = html`<div class="heading">
      <h1>Projects</h1>
      <p>${count}</p>
    </div>
    ${list} ${connection(view)}`;
  return shell({ name: 'projects', title: 'Projects', body });
}

function row(project: Project): Html {
  const { percentComplete: percent } = project;
  return html`<li data-project="${project.id}">
    <div class="what">
      <h2>${project.name}</h2>
      <p>${plannedDays(project)}</p>
    </div>
    <span class="status">${project.status}</span>
    ${percent === undefined ? html`<span class="progress"></span>` : progress(project.name, percent)}
  </li>`;
}

function plannedDays({ plannedStart, plannedCompletion }: Project): string {
  if (plannedStart === undefined) {
    return plannedCompletion === undefined ? 'No dates planned' : `until ${readable(plannedCompletion)}`;
  }
  if (plannedCompletion === undefined) return `from ${readable(plannedStart)}`;
  return `${readable(plannedStart)} – ${readable(plannedCompletion)}`;
}

function progress(name: string, percent: number): Html {
  return html`<span class="progress">
    <progress max="100" value="${percent}" aria-label="${name}: complete"></progress>
    <span>${percent}%</span>
  </span>`;
}

/** How this browser is connected, and the two things that can be done about it. */
function connection({ tokens, domain, lane, now }: ProjectsView): Html {
  const where = domain === undefined ? undefined : html` to <strong>${domain}</strong>${laneName(lane)}`;
  return html`<section class="connection" aria-labelledby="connection">
    <div>
      <h2 id="connection">Connected${where}</h2>
      <p>
        Session refreshed
        ${moment(tokens.obtainedAt, 'refreshed', `${duration(now - tokens.obtainedAt)} ago`)}, ends
        ${moment(tokens.expiresAt, 'expires', `in ${duration(tokens.expiresAt - now)}`)}. Lapis refreshes it
        by itself.
      </p>
    </div>
    <div class="actions">
      <form method="post" action="/refresh"><button class="button">Refresh now</button></form>
      <form method="post" action="/disconnect"><button class="button danger">Disconnect</button></form>
    </div>
  </section>`;
}

function laneName(lane: string | undefined): string {
  if (lane === undefined) return '';
  return lane === 'my' ? ', production' : `, test copy ${lane}`;
}

function moment(at: number, hook: string, words: string): Html {
  return html`<time data-session="${hook}" datetime="${new Date(at).toISOString()}">${words}</time>`;
}

function readable(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}
