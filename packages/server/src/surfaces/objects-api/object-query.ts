import { ParameterSet, parseFormEncoded } from '@fluxo/core';
import { ObjectRequestError } from '@fluxo/objects';

/** @throws ObjectRequestError when a parameter came twice: which one would count? */
export function readObjectQuery(url: string): ReadonlyMap<string, string> {
  const mark = url.indexOf('?');
  const parameters = new ParameterSet(parseFormEncoded(mark < 0 ? '' : url.slice(mark + 1)).parameters);
  const repeated = parameters.firstRepeated();
  if (repeated !== undefined) {
    throw new ObjectRequestError(
      'invalid-parameter',
      `The parameter ${repeated.slice(0, 64)} was sent more than once.`,
    );
  }
  return parameters.toMap();
}
