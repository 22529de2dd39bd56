/** How often something happened, by two labels that have few values each; for counters that are told of many at once. */
export class Tally<First, Second> {
  readonly #counts = new Map<First, Map<Second, number>>();

  add(first: First, second: Second): void {
    const counts = this.#counts.get(first);
    if (counts === undefined) this.#counts.set(first, new Map([[second, 1]]));
    else counts.set(second, (counts.get(second) ?? 0) + 1);
  }

  /** Tells what was added since the last time. */
  empty(tell: (first: First, second: Second, count: number) => void): void {
    for (const [first, counts] of this.#counts) {
      for (const [second, count] of counts) tell(first, second, count);
    }
    this.#counts.clear();
  }
}
