/** What surrounds the pages, and the card they stand on. */
export const frame = `
.flow-lines {
  position: absolute;
  inset-block-end: 0;
  inset-inline: 0;
  inline-size: 100%;
  block-size: min(30rem, 60vh);
  z-index: -1;
  color: var(--current);
  stroke-width: 1.5;
  pointer-events: none;
}
.site-header { display: flow-root; }
.lane-strip {
  background: var(--test);
  color: var(--on-test);
  padding: 0.5rem 1.25rem;
  font-size: 0.875rem;
  text-align: center;
}
/* Logo and name side by side, and the logo falls into line with a name that has several. */
.site-name { display: flex; align-items: center; gap: 0.75rem; padding: 1.25rem 1.5rem 0; font-weight: 600; }
.site-name > span { min-inline-size: 0; }
.site-logo { flex: none; inline-size: 2rem; block-size: 2rem; border-radius: 0.5rem; object-fit: contain; background: #ffffff; }
main {
  flex: 1;
  display: grid;
  align-items: center;
  justify-items: center;
  padding: 1.5rem 1rem;
}
.card {
  inline-size: 100%;
  max-inline-size: 27.5rem;
  min-inline-size: 0;
  padding: clamp(1.25rem, 6vw, 2.25rem);
  background: var(--surface);
  border-radius: var(--radius-card);
  box-shadow: var(--shadow);
}
.card > h1 + .lead { margin-block-start: 0.5rem; }
.stack { display: grid; gap: 1.25rem; margin-block-start: 1.75rem; }
.aside { margin-block-start: 1.5rem; font-size: 0.875rem; color: var(--ink-soft); }
.site-footer {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 0.5rem;
  padding: 0.75rem 1rem 1.5rem;
  color: var(--ink-soft);
  font-size: 0.875rem;
  font-weight: 600;
  letter-spacing: 0.01em;
}
.mark { inline-size: 1.5rem; block-size: 1rem; color: var(--accent); }
[dir='rtl'] .mark, [dir='rtl'] .joint-line, [dir='rtl'] .flow-lines { transform: scaleX(-1); }

.tile {
  display: inline-grid;
  place-items: center;
  flex: none;
  font-weight: 650;
  line-height: 1;
  overflow: hidden;
}
.tile-small { inline-size: 2.5rem; block-size: 2.5rem; border-radius: 0.625rem; font-size: 1.0625rem; }
.tile-large { inline-size: 3.5rem; block-size: 3.5rem; border-radius: 0.875rem; font-size: 1.5rem; }
.tile-logo { object-fit: contain; background: #ffffff; box-shadow: inset 0 0 0 1px var(--line); }
.tile-person { border-radius: 50%; background: var(--ink); color: var(--surface); letter-spacing: 0.01em; }
.tile-large.tile-person { font-size: 1.25rem; }
.tile-small.tile-person { font-size: 0.9375rem; }
${[0, 1, 2, 3, 4].map((n) => `.tint-${n} { background: var(--tint-${n}); color: var(--on-tint-${n}); }`).join('\n')}

.badge {
  display: inline-block;
  padding: 0.125rem 0.5rem;
  border-radius: 1rem;
  font-size: 0.8125rem;
  font-weight: 600;
  line-height: 1.4;
}
.badge-test { background: var(--test); color: var(--on-test); }
.badge-here { background: var(--accent-soft); color: var(--accent); }
bdi + .badge { margin-inline-start: 0.5rem; }

@media (max-width: 30rem) {
  .site-name { padding: 1rem 1.25rem 0; }
  main { align-items: start; padding: 1rem min(0.75rem, 3vw); }
  .card { padding: 1.5rem min(1.25rem, 6vw); }
}
`;
