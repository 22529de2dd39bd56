export const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#3b4fd8" d="M16 1 30 9v14l-14 8L2 23V9z"/><path fill="#7f8ff5" d="M16 1 30 9l-14 8L2 9z"/><path fill="#f5c24c" d="m16 17 6-3.4v6.9L16 24z"/></svg>`;

export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f5fc, #10121f);
  --card: light-dark(#ffffff, #191c2e);
  --line: light-dark(#d9dcf0, #30354f);
  --text: light-dark(#191c33, #e9ebfa);
  --quiet: light-dark(#545a7d, #a5abcf);
  --accent: light-dark(#3b4fd8, #9aa8ff);
  --on-accent: light-dark(#ffffff, #10121f);
  --danger: light-dark(#a8253a, #ff9fac);
  --tint: light-dark(#e7eafc, #262b49);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1, h2, p { margin: 0; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); line-height: 1.2; letter-spacing: -0.015em; text-wrap: balance; }
h2 { font-size: 1rem; line-height: 1.4; overflow-wrap: anywhere; }
.bar { display: flex; align-items: center; gap: 0.9rem; padding: 1rem clamp(1rem, 4vw, 2.5rem);
  border-bottom: 1px solid var(--line); background: var(--card); }
.brand { display: inline-flex; align-items: center; gap: 0.6rem; font-weight: 700; font-size: 1.15rem;
  color: inherit; text-decoration: none; }
.tagline { color: var(--quiet); font-size: 0.9rem; }
main { flex: 1; width: 100%; max-width: 60rem; margin: 0 auto; padding: clamp(1.5rem, 5vw, 3.5rem) clamp(1rem, 4vw, 2.5rem);
  display: grid; gap: 1.5rem; align-content: start; }
footer { padding: 1.25rem clamp(1rem, 4vw, 2.5rem); color: var(--quiet); font-size: 0.85rem; text-align: center; }
.hero { display: grid; gap: 1.25rem; max-width: 38rem; padding-top: clamp(0rem, 6vw, 3rem); }
.hero p { color: var(--quiet); font-size: 1.1rem; }
.hero .detail { font-size: 0.85rem; overflow-wrap: anywhere; }
.notice { padding: 0.8rem 1rem; border-radius: 0.6rem; background: var(--tint); }
.button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0.5rem 1.1rem;
  border: 1px solid var(--line); border-radius: 0.6rem; background: var(--card); color: var(--text);
  font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button:hover { border-color: var(--accent); }
.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); padding-inline: 1.75rem; }
.primary:hover { filter: brightness(1.08); }
.danger { color: var(--danger); }
.danger:hover { border-color: var(--danger); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.heading { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
.heading p, .what p, .connection p, .empty { color: var(--quiet); }
.projects { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 0.9rem; overflow: hidden; }
.projects li { display: grid; grid-template-columns: minmax(0, 1fr) 7rem 11rem; align-items: center; gap: 1rem; padding: 0.95rem 1.25rem; }
.projects li + li { border-top: 1px solid var(--line); }
.what p { font-size: 0.9rem; }
.status { justify-self: start; padding: 0.1rem 0.7rem; border-radius: 1rem; background: var(--tint); font-size: 0.85rem; white-space: nowrap; }
.progress { display: flex; align-items: center; gap: 0.7rem; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.progress > span { min-width: 4ch; text-align: right; }
progress { flex: 1; min-width: 0; height: 0.5rem; appearance: none; border: 0; border-radius: 1rem; background: var(--tint); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--tint); }
progress::-webkit-progress-value { background: var(--accent); border-radius: 1rem; }
progress::-moz-progress-bar { background: var(--accent); border-radius: 1rem; }
.empty { padding: 2rem 1.25rem; border: 1px dashed var(--line); border-radius: 0.9rem; text-align: center; }
.connection { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 1rem; padding: 1.1rem 1.25rem;
  border: 1px solid var(--line); border-radius: 0.9rem; background: var(--card); }
.connection > div:first-child { flex: 1 1 20rem; }
.connection p { font-size: 0.9rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
form { margin: 0; }
@media (max-width: 40rem) {
  .tagline { display: none; }
  .projects li { grid-template-columns: minmax(0, 1fr) auto; gap: 0.5rem 1rem; }
  .progress { grid-column: 1 / -1; }
  .hero .button, .actions, .actions form, .actions .button { width: 100%; }
}
`;
