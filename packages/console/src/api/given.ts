type Given<Values> = { readonly [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** Without what is undefined: to the API an absent member and an empty one are two things. */
export function given<Values extends object>(values: Values): Given<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Given<Values>;
}
