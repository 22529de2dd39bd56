import { InputError } from './oauth-error.js';

/** What was named isn't there, or is another environment's, which is the same to whoever asks. */
export class NotFoundError extends InputError {}

/** Nothing is wrong with the input; what is there already stands against it. */
export class ConflictError extends InputError {}

/** Somebody changed the thing since the caller read it: to go on would undo what they did (RFC 9110 §13.1.1). */
export class StaleRevisionError extends InputError {
  constructor(field: string) {
    super(field, 'It was changed meanwhile. Read it again, then repeat the change on what is there now.');
  }
}
