import type { Counts } from '../metrics/metrics.js';

/** Which of how many workers it is, and where they all listen. */
export interface Assignment {
  readonly number: number;
  readonly of: number;
  readonly port: number;
}

/** What a primary asks its workers, and what they answer. */
export interface Answers {
  /** Whether it listens and its database answers. */
  readonly ready: boolean;
  readonly counts: Counts;
}
export type Subject = keyof Answers;

export type ToWorker =
  | ({ readonly kind: 'begin' } & Assignment)
  | { readonly kind: 'stop' }
  | { readonly kind: 'question'; readonly id: number; readonly about: Subject };

export type FromWorker =
  /** What was said before this, nobody would have heard. */
  | { readonly kind: 'hears' }
  /** For the database, which is away. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'listening' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown };
