/** `SELECT * FROM f($1, …)`: one function, one round trip. */
export function callOf(name: string, parameterCount: number): string {
  const places = Array.from({ length: parameterCount }, (_, index) => `$${index + 1}`);
  return `SELECT * FROM ${name}(${places.join(', ')})`;
}
