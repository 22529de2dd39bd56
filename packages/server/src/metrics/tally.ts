import type { Counter } from 'prom-client';

/**
 * What happened, on its way to a counter with two labels: it is told of many at once, for it puts the labels of each into a text
 * and looks up what that names. Both have few values.
 */
export class Tally<First extends string, Second extends string> {
  readonly #counter: Counter<First | Second>;
  readonly #labels: readonly [First, Second];
  readonly #waiting = new Map<string, Map<string, number>>();

  constructor(counter: Counter<First | Second>, labels: readonly [First, Second]) {
    this.#counter = counter;
    this.#labels = labels;
  }

  add(first: string, second: string): void {
    const counts = this.#waiting.get(first);
    if (counts === undefined) this.#waiting.set(first, new Map([[second, 1]]));
    else counts.set(second, (counts.get(second) ?? 0) + 1);
  }

  /** To be called before the metrics are read. */
  tell(): void {
    const [one, other] = this.#labels;
    for (const [first, counts] of this.#waiting) {
      for (const [second, count] of counts) {
        this.#counter.inc({ [one]: first, [other]: second } as Record<First | Second, string>, count);
      }
    }
    this.#waiting.clear();
  }
}
