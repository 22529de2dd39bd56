/** The consent page. */
export const consent = `
.consent { max-inline-size: 29rem; }
.joint { display: flex; align-items: center; gap: 0.625rem; margin-block-end: 1.125rem; }
.joint-line { inline-size: 4.5rem; block-size: 1.5rem; color: var(--accent); stroke-width: 2; stroke-linecap: round; }
.who-asks .lead { margin-block-start: 0.375rem; font-size: 0.9375rem; }
.who-asks .description { margin-block-start: 0.75rem; color: var(--ink-soft); font-size: 0.9375rem; }
.consent section { margin-block-start: 1.5rem; }
.consent h2, .developer h2 { font-size: 0.9375rem; }
.abilities { display: grid; gap: 0.75rem; margin-block-start: 0.75rem; }
.abilities li { display: flex; gap: 0.75rem; align-items: flex-start; }
.abilities .icon { margin-block-start: 0.125rem; color: var(--accent); }
.decision { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-block-start: 1.75rem; }
.decision .button { flex: 1 1 8rem; min-block-size: 3rem; }
.decision .button-primary { flex-grow: 2; }
.afterwards {
  display: grid;
  gap: 0.5rem;
  margin-block-start: 1.25rem;
  color: var(--ink-soft);
  font-size: 0.875rem;
}
.destination { font-size: 0.9375rem; }
.afterwards strong { color: var(--ink); }
.inline-links { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin-block-start: 0.25rem; }
.inline-links .link { display: inline-block; padding-block: 0.375rem; }

/*
 * A click meant for what was here before must not land on Allow: for half a second it isn't there, neither for
 * the pointer nor for Tab, and then it appears in the place that was kept for it. Without script there is nothing
 * else; with script, data-waiting goes on from here. Deliberately not switched off by prefers-reduced-motion:
 * nothing moves.
 */
.button-allow { animation: arm 0.5s; }
@keyframes arm {
  from, 99.9% { visibility: hidden; pointer-events: none; }
  to { visibility: visible; }
}
.button-allow[data-waiting] { pointer-events: none; opacity: 0.55; }
`;
