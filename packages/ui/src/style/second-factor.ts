/** Setting up a second factor, and its codes. */
export const secondFactor = `
.set-up { max-inline-size: 33rem; }
.steps { display: grid; gap: 1.5rem; margin: 1.75rem 0 0; padding: 0; list-style: none; counter-reset: step; }
.steps > li { position: relative; padding-inline-start: 2.75rem; min-inline-size: 0; counter-increment: step; }
.steps > li::before {
  content: counter(step);
  position: absolute;
  inset-inline-start: 0;
  inset-block-start: -0.125rem;
  display: grid;
  place-items: center;
  inline-size: 1.75rem;
  block-size: 1.75rem;
  border-radius: 50%;
  background: var(--accent-soft);
  color: var(--accent);
  font-size: 0.9375rem;
  font-weight: 650;
}
.steps .stack { margin-block-start: 1rem; }
.steps details { margin-block-start: 0.5rem; }
.steps details > p { color: var(--ink-soft); font-size: 0.9375rem; }
.qr-code {
  display: block;
  inline-size: min(13rem, 100%);
  block-size: auto;
  margin-block-start: 0.875rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: #ffffff;
  forced-color-adjust: none;
}
.steps details > .secret { margin-block-start: 0.5rem; color: var(--ink); }
.secret code { user-select: all; letter-spacing: 0.03em; }
.recovery-codes {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(11.5rem, 100%), 1fr));
  gap: 0.5rem 1rem;
  margin-block-start: 1.5rem;
  padding: 1.125rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--sunken);
  user-select: all;
}
.recovery-codes code { font-size: 1rem; white-space: nowrap; }
@media (max-width: 20rem) { .recovery-codes code { white-space: normal; } }
.account-chip-plain { padding-block: 0.75rem; }
.other-way { margin-block-start: 0.75rem; }
.button-row { display: flex; flex-wrap: wrap; gap: 0.75rem; }

.field-hint { color: var(--ink-soft); font-size: 0.9375rem; margin-block-start: -0.75rem; }
.end-connections {
  margin: 0;
  padding: 1rem 1.125rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--sunken);
  min-inline-size: 0;
}
.end-connections legend { float: inline-start; inline-size: 100%; padding: 0; font-weight: 550; font-size: 0.9375rem; }
.end-connections ul { clear: both; display: grid; gap: 0.625rem; padding-block: 0.75rem 1rem; }
.end-connections li { display: flex; align-items: center; gap: 0.75rem; min-inline-size: 0; }
.check { display: flex; align-items: flex-start; gap: 0.75rem; cursor: pointer; }
.check input { flex: none; inline-size: 1.5rem; block-size: 1.5rem; margin: 0; accent-color: var(--accent); }
`;
