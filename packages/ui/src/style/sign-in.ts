/** Sign-in, signed out and errors: one card, one question. */
export const signIn = `
.reason { display: flex; align-items: center; gap: 0.75rem; }
.card > h1 + .reason { margin-block-start: 1rem; }
.reason strong { color: var(--ink); }
.emblem {
  display: grid;
  place-items: center;
  inline-size: 3rem;
  block-size: 3rem;
  margin-block-end: 1.25rem;
  border-radius: 50%;
  background: var(--danger-soft);
  color: var(--danger);
}
.emblem .icon { inline-size: 1.5rem; block-size: 1.5rem; }
.emblem-done { background: var(--accent-soft); color: var(--accent); }

.error { max-inline-size: 33rem; }
.wrong { margin-block-start: 0.75rem; font-size: 1.0625rem; }
.todo { margin-block-start: 0.5rem; color: var(--ink-soft); }
.developer {
  display: grid;
  gap: 0.625rem;
  margin-block-start: 1.75rem;
  padding: 1.125rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--sunken);
  font-size: 0.9375rem;
}
.received { display: grid; gap: 0.375rem; margin-block-start: 0.25rem; }
.received dt { color: var(--ink-soft); font-size: 0.875rem; }
.received dd {
  padding: 0.625rem 0.75rem;
  border-radius: 0.5rem;
  background: var(--surface);
  border: 1px solid var(--line);
  line-height: 1.6;
}
.received-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.request-id {
  display: flex;
  flex-wrap: wrap;
  gap: 0.125rem 0.625rem;
  margin-block-start: 1.75rem;
  padding-block-start: 1.25rem;
  border-block-start: 1px solid var(--line);
  color: var(--ink-soft);
  font-size: 0.875rem;
}
.request-id dd { display: flex; flex-wrap: wrap; gap: 0.125rem 0.625rem; min-inline-size: 0; }
.request-id code { color: var(--ink); user-select: all; }
.providers { display: grid; gap: 0.625rem; list-style: none; padding: 0; }
.providers .button { display: flex; min-block-size: 3rem; }
.choose { margin-block: 1.5rem 0.625rem; }
.or { display: flex; align-items: center; gap: 0.75rem; margin-block: 1.25rem; color: var(--ink-soft); font-size: 0.875rem; }
.or::before, .or::after { content: ''; flex: 1; border-block-start: 1px solid var(--line); }
.other-ways { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin-block-start: 0.75rem; }
`;
