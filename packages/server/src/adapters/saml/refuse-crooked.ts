import { refuse } from './saml-refusal.js';

const MAX_DEPTH = 32;
const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const ATTRIBUTE = String.raw`\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*')`;
const TAG = new RegExp(
  String.raw`<(?:(?<end>/)(?<ended>${NAME})\s*|(?<begun>${NAME})(?:${ATTRIBUTE})*\s*(?<empty>/)?)>`,
  'y',
);
const TEXT = /[^<>]*/y;

/**
 * The parser mends what is crooked (an end tag too many, text around the root), and what one mends another reads
 * differently. So only what needs no mending gets there: each tag is whole, each end has its beginning, and there is
 * one root. It only refuses, and takes nothing from the text. @throws SamlRefusal
 */
export function refuseCrooked(text: string): void {
  const open: string[] = [];
  const body = text.trimEnd();
  for (let at = 0; at < body.length;) {
    TAG.lastIndex = at;
    const tag = TAG.exec(body)?.groups;
    if (tag === undefined) refuse('xml', 'a tag', `something else at ${at}`);
    if (at > 0 && open.length === 0) refuse('structure', 'one root element', 'more behind it');
    follow(open, tag, at);
    TEXT.lastIndex = TAG.lastIndex;
    const inner = TEXT.exec(body)?.[0] ?? '';
    if (open.length === 0 && inner !== '') refuse('structure', 'one root element', 'text behind it');
    at = TAG.lastIndex + inner.length;
  }
  if (body === '' || open.length > 0) refuse('xml', 'an end of every element', open.at(-1) ?? 'nothing');
}

function follow(open: string[], tag: Readonly<Record<string, string | undefined>>, at: number): void {
  const { ended, begun = '', empty } = tag;
  if (ended !== undefined) {
    const last = open.pop();
    if (last !== ended) refuse('xml', `the end of ${last ?? 'nothing'}`, `the end of ${ended} at ${at}`);
  } else if (empty === undefined) {
    open.push(begun);
    if (open.length > MAX_DEPTH) refuse('size', `at most ${MAX_DEPTH} elements in each other`, 'more');
  }
}
