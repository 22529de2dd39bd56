/**
 * The part of a list that comes after a position. A position is the sorting columns of the last row seen, so that
 * rows that come and go meanwhile neither repeat a row nor skip one.
 */
export interface PageRequest {
  readonly limit: number;
  readonly after?: Position;
}

export type Position = readonly string[];

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next part begins; null at the end. */
  readonly next: Position | null;
}
