import { StaleRevisionError } from '../errors/refusals.js';
import type { Revision } from './overview-store.js';

/** So many others may get in between before the change gives up. */
const MOST_ATTEMPTS = 5;

interface Revisable {
  readonly revision: Revision;
}

export interface RevisedChange<Read extends Revisable, Result> {
  /** What is changed, for a message. */
  readonly subject: string;
  /** What the caller's change was made of; undefined: whatever is there now. */
  readonly ifRevision: Revision | undefined;
  /** Always from the database. @throws NotFoundError */
  readonly read: () => Promise<Read>;
  /** Carries the change out only while the revision is that of `read`; undefined: it was not. */
  readonly write: (read: Read) => Promise<Result | undefined>;
}

/**
 * Reads, then writes on the condition that nothing was changed in between: of two at once none is lost.
 * @throws StaleRevisionError when the caller's revision is not the present one, and as `read` and `write`
 */
export async function changeRevised<Read extends Revisable, Result>({
  subject,
  ifRevision,
  read,
  write,
}: RevisedChange<Read, Result>): Promise<Result> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const present = await read();
    if (ifRevision !== undefined && present.revision !== ifRevision) break;
    const result = await write(present);
    if (result !== undefined) return result;
  }
  throw new StaleRevisionError(subject);
}
