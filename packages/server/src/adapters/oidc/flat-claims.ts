export type Claims = Readonly<Record<string, unknown>>;

/** Claims as lists of texts. What is neither text, number nor truth value has no place in a mapping. */
export function flatClaims(claims: Claims): Readonly<Record<string, readonly string[]>> {
  const flat: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(claims)) {
    const texts = [value].flat().flatMap(textOf);
    // Own names only: a claim may be called anything.
    Object.defineProperty(flat, name, { value: texts, enumerable: true });
  }
  return flat;
}

function textOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

/** Some providers write the truth as text. */
export function verifiedEmailOf({ email_verified: said }: Claims): boolean | undefined {
  if (said === true || said === 'true') return true;
  return said === undefined ? undefined : false;
}
