/** What people told their system, kept last so that it wins. */
export const preferences = `
@media (prefers-reduced-motion: reduce) {
  .button { transition: none; }
}
@media (prefers-contrast: more) {
  :root { --ink-soft: var(--ink); --line: var(--line-strong); }
}
@media (forced-colors: active) {
  .flow-lines { display: none; }
  .card, .lane-strip, .badge, .notice, .tile, mark { border: 1px solid CanvasText; }
  .button-primary, .button-primary:hover { forced-color-adjust: none; background: ButtonText; color: ButtonFace; }
  .input[aria-invalid='true'] { border-width: 3px; }
  :focus-visible { outline-color: Highlight; }
}
@media print {
  .flow-lines { display: none; }
}
`;
