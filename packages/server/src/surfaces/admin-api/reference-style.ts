import { createHash } from 'node:crypto';

export const REFERENCE_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-inline-size: 60rem; margin: 0 auto; padding: 1.5rem; }
code { font-family: ui-monospace, monospace; font-size: 0.9375em; }
h2 { margin-block-start: 3rem; border-block-end: 1px solid; }
table { border-collapse: collapse; inline-size: 100%; }
td { padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; text-align: start; }
tr + tr td { border-block-start: 1px solid color-mix(in srgb, currentcolor 15%, transparent); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
a:focus-visible { outline: 3px solid; outline-offset: 2px; }
`;

const VERSION = createHash('sha256').update(REFERENCE_STYLE).digest('hex').slice(0, 12);

/** Named by its content: a browser may keep it forever. */
export const REFERENCE_STYLE_FILE = `/docs-${VERSION}.css`;
export const REFERENCE_STYLE_PATH = `/api/v1${REFERENCE_STYLE_FILE}`;
