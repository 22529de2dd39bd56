import { html } from '../html.js';
import type { Problem } from '../problem.js';
import { shell } from './shell.js';

export function errorPage(problem: Problem): string {
  const detail = html`<p class="detail">For support: <code>${problem.detail}</code></p>`;
  const body = html`<section class="hero" data-problem="${problem.kind}">
    <h1>${problem.title}</h1>
    <p>${problem.text}</p>
    <p><a class="button primary" href="${problem.action.href}">${problem.action.label}</a></p>
    ${problem.detail === undefined ? undefined : detail}
  </section>`;
  return shell({ name: 'error', title: problem.title, body });
}
