/** For a POSIX shell: between single quotes everything is itself. */
export const shellQuote = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const htmlText = (value: string): string =>
  value.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/** A string literal that JavaScript and Python read alike. */
export const literal = (value: string): string => JSON.stringify(value);
