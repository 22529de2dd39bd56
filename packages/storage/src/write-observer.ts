/** Hears of each write, for metrics. Called behind the answers; must not throw. */
export interface WriteObserver {
  committed(jobs: number, milliseconds: number): void;
  /** Another process was in the way: the same comes again. */
  postponed(): void;
  /** Every member was answered with a failure. */
  failed(): void;
}
