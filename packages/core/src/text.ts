import { InputError } from './errors/oauth-error.js';

export interface TextLimits {
  /** Characters (Unicode code points). */
  readonly max: number;
}

// Control, bidirectional and invisible characters let one name pass for another on a consent screen. Fillers
// are letters to Unicode, and look like nothing.
const DECEIVING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0]/u;

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
