/** Elements as they are before any class. */
export const base = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  min-block-size: 100vh;
  min-block-size: 100dvh;
  display: flex;
  flex-direction: column;
  position: relative;
  isolation: isolate;
  overflow-x: clip;
  background: var(--paper);
  color: var(--ink);
  font: 400 1rem/1.5 var(--font);
  -webkit-font-smoothing: antialiased;
  /* Names come from anywhere: no word may be wider than the page. */
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.015em; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.35; font-weight: 650; letter-spacing: -0.005em; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 600; }
strong { font-weight: 600; }
code { font-family: var(--font-code); font-size: 0.9375em; }
time { white-space: normal; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
  border-radius: 0.25rem;
}
mark {
  background: var(--danger-soft);
  color: var(--danger);
  font-weight: 700;
  padding: 0.05em 0.2em;
  border-radius: 0.25em;
  box-shadow: inset 0 -2px 0 var(--danger);
}
.visually-hidden {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  margin: -1px;
  padding: 0;
  border: 0;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.icon { inline-size: 1.25rem; block-size: 1.25rem; flex: none; }
.icon-inline { inline-size: 0.9em; block-size: 0.9em; margin-inline-start: 0.15em; vertical-align: -0.05em; }
[dir='rtl'] .icon-inline { transform: scaleX(-1); }
.lead { color: var(--ink-soft); }
.caption { color: var(--ink-soft); font-size: 0.875rem; font-weight: 500; letter-spacing: 0; line-height: 1.4; }
`;
