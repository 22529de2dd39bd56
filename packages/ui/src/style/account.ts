/** The account page: two lists and the ways out. */
export const account = `
main[data-page='account'] { align-items: start; }
.account { display: grid; gap: 1.25rem; inline-size: 100%; max-inline-size: 46rem; min-inline-size: 0; }
.account .card { max-inline-size: none; padding: 1.75rem 2rem; }
.account .card > .lead { margin-block-start: 0.25rem; font-size: 0.9375rem; }
.account-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem 1rem; padding: 0.5rem 0.25rem; }
.account-head-text { flex: 1 1 14rem; min-inline-size: 0; }
.notice {
  display: flex;
  gap: 0.75rem;
  padding: 0.875rem 1.125rem;
  border-radius: var(--radius);
  background: var(--accent-soft);
}
.notice .icon { margin-block-start: 0.125rem; color: var(--accent); }
.rows { margin-block-start: 1rem; }
.row {
  display: flex;
  flex-wrap: wrap;
  align-items: flex-start;
  gap: 0.75rem 1rem;
  padding-block: 1.125rem;
  border-block-start: 1px solid var(--line);
}
.row:last-child { padding-block-end: 0; }
.row-text { flex: 1 1 13rem; min-inline-size: 0; }
.row-text > p { color: var(--ink-soft); font-size: 0.9375rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.facts span { min-inline-size: 0; }
.account > .aside { margin: 0; text-align: center; }
.row-text .abilities { margin-block: 0.25rem 0.5rem; font-size: 0.9375rem; gap: 0.5rem; }
details summary {
  inline-size: fit-content;
  padding-block: 0.375rem;
  color: var(--accent);
  font-size: 0.9375rem;
  font-weight: 550;
  cursor: pointer;
}
.empty {
  margin-block-start: 1rem;
  padding: 1.5rem;
  border: 1px dashed var(--line-strong);
  border-radius: var(--radius);
  color: var(--ink-soft);
  text-align: center;
}
.empty strong { color: var(--ink); }
.everywhere {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.75rem 1.5rem;
  margin-block-start: 1.25rem;
  padding-block-start: 1.25rem;
  border-block-start: 1px solid var(--line);
}
.everywhere > p { flex: 1 1 16rem; min-inline-size: 0; color: var(--ink-soft); font-size: 0.9375rem; }
@media (max-width: 30rem) {
  .account .card { padding: 1.5rem min(1.25rem, 6vw); }
}
`;
