import type { Text as Voice } from '../text/text.js';
import type { Difference } from './changed-meanwhile.js';

export type LabelsOf<Values> = { readonly [Name in keyof Values]?: string };

interface Versions<Values extends Record<string, unknown>> {
  readonly theirs: Partial<Values>;
  readonly mine: Values;
  readonly labels: LabelsOf<Values>;
}

/** Theirs beside ours, where they are not the same and the field has a name to show. */
export function differencesOf<Values extends Record<string, unknown>>(
  { theirs, mine, labels }: Versions<Values>,
  text: Voice,
): readonly Difference[] {
  return Object.entries(theirs).flatMap(([name, stored]) => {
    const [field, there, here] = [labels[name], asText(stored, text), asText(mine[name], text)];
    return field === undefined || there === here ? [] : [{ field, theirs: there, yours: here }];
  });
}

/** Values of forms are texts, numbers, switches, and lists of these. */
function asText(value: unknown, { t }: Voice): string {
  if (typeof value === 'boolean') return t(value ? 'edit.yes' : 'edit.no');
  const shown = Array.isArray(value) ? value.join(', ') : value;
  return typeof shown === 'string' || typeof shown === 'number' ? String(shown) || '–' : '–';
}
