/**
 * Text that strangers or administrators wrote, made safe for the eye. Escaping is React's work; this is about
 * characters that make a page lie: they reverse what follows, hide letters, or pile up over other lines.
 */

/** Bidi controls and everything a font shows as nothing, except the variation selectors emoji need. */
const deceptive = /(?![\u{FE00}-\u{FE0F}])[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u{2800}]/gu;
const controls = /[\p{Cc}\u{2028}\u{2029}]+/gu;
const loneSurrogates = /\p{Cs}/gu;
/** More than this many marks on one letter belongs to no language; it paints over the lines around. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;
/** Words of visible Western letters: nothing to make safe, and most names are of this kind. */
const harmless = /^[!-~¡-¬®-ÿ]+(?: [!-~¡-¬®-ÿ]+)*$/;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A name for display: one line, nothing invisible, not endless. Empty when nothing visible is left. */
export function cleanName(raw: string, longest = 120): string {
  if (raw.length <= longest && harmless.test(raw)) return raw;
  const text = raw
    .slice(0, longest * 8)
    .replace(loneSurrogates, '\u{FFFD}')
    .replace(controls, ' ')
    .replace(deceptive, '')
    .normalize('NFC')
    .replace(piledMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return visible.test(text) ? shorten(text, longest) : '';
}

function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length >= longest) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** First letters of a name, for the tile that stands in for a picture. */
export function initials(name: string, count: 1 | 2): string {
  // Of an address, the part before the @ is the person.
  const words = cleanName(name.replace(/@.*$/u, ''))
    .split(/[\s._-]+/u)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const chosen = count === 1 ? words.slice(0, 1) : [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = chosen.map((word) => firstGrapheme(word ?? '').toLocaleUpperCase('en'));
  return letters.join('') || '•';
}

function firstGrapheme(text: string): string {
  if (harmless.test(text)) return text.charAt(0);
  for (const { segment } of graphemes.segment(text)) return segment;
  return '';
}

/** A received value cut to a readable piece. `marked` is empty where nothing differs or the value ends early. */
export interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

export interface ExcerptOptions {
  /** 1-based, in characters; the excerpt keeps that character in view. */
  readonly position?: number | undefined;
  readonly longest?: number | undefined;
}

/** A value exactly as it came, for a person to compare: what can't be seen is spelled out as its code point. */
export function excerpt(received: string, { position, longest = 200 }: ExcerptOptions = {}): Excerpt {
  const characters = Array.from(received);
  const length = characters.length;
  const at = position === undefined ? length : Math.min(Math.max(position - 1, 0), length);
  const from = position === undefined ? 0 : Math.max(0, at - longest / 2);
  const to = Math.min(length, from + longest);
  const show = (start: number, end: number) => characters.slice(start, end).map(spellOut).join('');
  return {
    before: (from > 0 ? '…' : '') + show(from, Math.min(at, to)),
    marked: at < to ? show(at, at + 1) : '',
    after: (at < to ? show(at + 1, to) : '') + (to < length ? '…' : ''),
  };
}

/** Nothing of this has a place in an address; a combining mark would even hide the letter before it. */
const unseen = /^[\p{C}\p{M}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]$/u;

function spellOut(character: string): string {
  const blank = /^\s$/u.test(character) && character !== ' ';
  if (!blank && !unseen.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
