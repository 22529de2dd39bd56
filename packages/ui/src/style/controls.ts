/** Fields, buttons, links. */
export const controls = `
.field { display: grid; gap: 0.375rem; }
.field label { font-weight: 550; font-size: 0.9375rem; }
.input {
  inline-size: 100%;
  min-block-size: 3rem;
  padding: 0.5rem 0.875rem;
  border: 1px solid var(--line-strong);
  border-radius: var(--radius);
  background: var(--surface);
  color: var(--ink);
  /* Below 16 px, phones zoom into the field. */
  font: inherit;
}
.input:focus-visible { outline-offset: -1px; border-color: var(--accent); border-radius: var(--radius); }
.input[aria-invalid='true'] { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); }
.input[aria-invalid='true']:focus-visible { outline-color: var(--danger); }
.field-problem {
  display: flex;
  gap: 0.5rem;
  color: var(--danger);
  font-size: 0.9375rem;
  font-weight: 500;
}
.field-problem .icon { margin-block-start: 0.1rem; }

.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  min-block-size: 2.75rem;
  max-inline-size: 100%;
  padding: 0.5rem min(1.125rem, 4vw);
  border: 1px solid var(--line-strong);
  border-radius: var(--radius);
  background: var(--surface);
  color: var(--ink);
  font: inherit;
  font-weight: 600;
  line-height: 1.25;
  text-align: center;
  text-decoration: none;
  overflow-wrap: break-word;
  cursor: pointer;
  touch-action: manipulation;
  transition: background-color 0.12s, border-color 0.12s, color 0.12s;
}
.button:hover { background: var(--sunken); border-color: var(--ink-soft); }
.button:focus-visible { border-radius: var(--radius); }
.button-primary { min-block-size: 3rem; border-color: var(--primary-line); background: var(--primary); color: var(--on-primary); }
.button-primary:hover { border-color: var(--primary-line); background: var(--primary-hover); }
.button-danger { color: var(--danger); }
.button-danger:hover, .button-stop:hover { color: var(--danger); background: var(--danger-soft); border-color: var(--danger); }
.button-wide { display: flex; inline-size: 100%; margin-block-start: 1.75rem; min-block-size: 3rem; }

.quiet-action {
  display: inline-flex;
  align-items: center;
  min-block-size: 2.75rem;
  padding: 0.25rem 0;
  border: 0;
  background: none;
  color: var(--accent);
  font: inherit;
  font-size: 0.9375rem;
  font-weight: 550;
  text-align: start;
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
  cursor: pointer;
}
.quiet-action:hover { text-decoration-thickness: 2px; }

/* The way out stands beside the caption, or below it where texts are large; names have the whole width. */
.account-chip {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0 1rem;
  margin-block-start: 1.5rem;
  padding: 0.375rem 1rem 0.875rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--sunken);
}
.account-chip .caption { flex: 1 1 auto; }
.account-chip-text { order: 1; flex: 1 0 100%; max-inline-size: 100%; display: grid; line-height: 1.4; }
.account-chip-text > * { min-inline-size: 0; }
@media (max-width: 22rem) {
  .account-chip { padding-block: 0.75rem 0.25rem; }
  .account-chip .caption { flex-basis: 100%; }
  .account-chip > :last-child { order: 2; }
}
`;
