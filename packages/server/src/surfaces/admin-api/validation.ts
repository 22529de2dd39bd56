import type { FastifyError } from 'fastify';
import type { FieldFault } from './admin-problem.js';

type FastifySchemaValidationError = NonNullable<FastifyError['validation']>[number];

/** What Fastify throws when a part of the request isn't as its schema says. */
export interface ValidationFault extends Error {
  readonly validation: readonly FastifySchemaValidationError[];
  readonly validationContext: string;
}

const MOST_FAULTS = 20;
const UNKNOWN = 'There is no such member here.';

export function isValidationFault(error: unknown): error is ValidationFault {
  return error instanceof Error && 'validation' in error && Array.isArray(error.validation);
}

/** Each place that is wrong, once, by the member's name: `refresh_policy.rotation`, `redirect_urls.0`. */
export function faultsOf({ validation, validationContext }: ValidationFault): readonly FieldFault[] {
  const faults = new Map<string, string>();
  for (const error of validation) {
    for (const { field, detail } of faultsIn(error, validationContext)) {
      if (!faults.has(field) && faults.size < MOST_FAULTS) faults.set(field, detail);
    }
  }
  return [...faults].map(([field, detail]) => ({ field, detail }));
}

function faultsIn(error: FastifySchemaValidationError, context: string): readonly FieldFault[] {
  const { keyword, instancePath, params, message = 'is not as it must be' } = error;
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const at = (...more: readonly string[]): string => [...path, ...more].join('.').slice(0, 100) || context;
  if (keyword === 'additionalProperties') {
    return namesIn(params, 'additionalProperties').map((name) => ({ field: at(name), detail: UNKNOWN }));
  }
  // Where a member is unknown, TypeBox tells it of the member, too: it is judged by the schema that takes nothing.
  if (keyword === 'boolean') return [{ field: at(), detail: UNKNOWN }];
  if (keyword === 'required') {
    return namesIn(params, 'requiredProperties').map((name) => ({
      field: at(name),
      detail: 'It is missing.',
    }));
  }
  return [{ field: at(), detail: `It ${message.slice(0, 200)}.` }];
}

function namesIn(params: Record<string, unknown>, member: string): readonly string[] {
  return [params[member]].flat().map(String);
}
