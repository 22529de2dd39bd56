import type { FormErrors } from '@mantine/form';
import type { Tagged } from '../../api/client.js';
import { changeEnvironment, environmentKey, readEnvironment } from '../../api/environment.js';
import { meQuery } from '../../api/me.js';
import type { Environment, EnvironmentPatch } from '../../api/types.js';
import { useEdit, type Edit } from '../../components/use-edit.js';

export interface OfEnvironment {
  readonly environment: Tagged<Environment>;
}

interface PartOf<Values extends Record<string, unknown>> extends OfEnvironment {
  readonly toValues: (environment: Environment) => Values;
  /** Where a field is not called or written as the API has it. */
  readonly toPatch?: (changes: Partial<Values>) => EnvironmentPatch;
  readonly validate?: (values: Values) => FormErrors;
  readonly done: string;
}

/** One part of the settings, saved by itself. */
export function useEnvironmentEdit<Values extends Record<string, unknown>>(of: PartOf<Values>): Edit<Values> {
  const { environment, toValues, toPatch, validate, done } = of;
  return useEdit({
    stored: environment,
    ...{ toValues, done },
    save: (changes, etag) => changeEnvironment(toPatch?.(changes) ?? (changes as EnvironmentPatch), etag),
    look: readEnvironment,
    queryKey: environmentKey,
    // The name stands above every view.
    changes: [meQuery.queryKey],
    ...(validate === undefined ? {} : { validate }),
  });
}
