import { InputError } from './errors/oauth-error.js';

export interface TextLimits {
  /** Characters (Unicode code points). */
  readonly max: number;
}

// Control, bidirectional and zero-width characters let one name pass for another on a consent screen.
const DECEIVING = /[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u;

/** A person's text for a person's eyes: trimmed, normalized (NFC), not empty. @throws InputError */
export function checkText(field: string, text: string, limits: TextLimits): string {
  const value = text.normalize('NFC').trim();
  if (value === '') throw new InputError(field, `${label(field)} must not be empty.`);
  if (Array.from(value).length > limits.max) {
    throw new InputError(field, `${label(field)} must have at most ${limits.max} characters.`);
  }
  if (DECEIVING.test(value)) {
    throw new InputError(
      field,
      `${label(field)} must not contain control, direction or invisible characters.`,
    );
  }
  return value;
}

/** `developerName` → `The developer name`. */
function label(field: string): string {
  return `The ${field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
}
