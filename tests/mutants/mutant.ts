/** Where a check stands, and what stands there without it. */
export interface Place {
  /** The source file, from the repository's root. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** One check taken out of the sources, and the attack that must then succeed. */
export interface Mutant extends Place {
  readonly id: string;
  /** The row of docs/threats.md that the check guards. */
  readonly row: number;
  /** The file below tests/attacks where that row's tests stand. */
  readonly test: string;
  /** Where the same rule is kept again: the attack succeeds when all are gone. Each in another file. */
  readonly also?: Place | readonly Place[];
}

export function placesOf(mutant: Mutant): readonly Place[] {
  return [mutant, ...[mutant.also ?? []].flat()];
}

/** A row whose tests don't run the sources in their own process, and why no mutant can reach them. */
export interface NotMutable {
  readonly row: number;
  readonly reason: string;
}

/** A mutant that no longer fits its source must never count as a check that holds: it throws. */
export function applyMutant(source: string, id: string, { file, find, replace }: Place): string {
  const found = find === '' ? 0 : source.split(find).length - 1;
  if (found !== 1) {
    throw new Error(
      `The mutant ${id} must find its text exactly once in ${file}, and found it ${found} times.`,
    );
  }
  // As a function, so that $& and its like in a replacement mean themselves.
  return source.replace(find, () => replace);
}

export function findMutant(id: string, mutants: readonly Mutant[]): Mutant {
  const found = mutants.filter((mutant) => mutant.id === id);
  const [mutant] = found;
  if (mutant === undefined || found.length > 1) {
    throw new Error(`There must be one mutant called "${id}", and there are ${found.length}.`);
  }
  return mutant;
}
