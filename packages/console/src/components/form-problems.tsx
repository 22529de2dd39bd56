import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.js';
import { RefusalText } from './refusal-text.js';

interface FormOf<Values> {
  readonly values: Values;
  readonly setErrors: (errors: Record<string, ReactNode>) => void;
}

/**
 * Puts what the API said of a field beside that field.
 * @returns what it said of something that has no field here; undefined when everything found its place
 */
export function placeFieldErrors<Values extends Record<string, unknown>>(
  form: FormOf<Values>,
  error: Error,
): Error | undefined {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return error;
  const known = error.errors.filter(({ field }) => rootOf(field) in form.values);
  form.setErrors(
    Object.fromEntries(
      known.map((fault) => [toPath(fault.field), <RefusalText key={fault.field} {...fault} />]),
    ),
  );
  return known.length === error.errors.length ? undefined : error;
}

const rootOf = (field: string): string => field.split(/[.[]/, 1)[0] ?? field;

/** `redirect_urls[1]` and `redirect_urls.1` are the form's `redirect_urls.1`. */
const toPath = (field: string): string => field.replaceAll(/\[(\d+)\]/g, '.$1');
