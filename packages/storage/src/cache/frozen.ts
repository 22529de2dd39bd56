/**
 * What is remembered is given to everybody: whoever tried to change it would change it for the others, and fails
 * instead. Bytes can't be frozen; their type says that they are not written to.
 */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
