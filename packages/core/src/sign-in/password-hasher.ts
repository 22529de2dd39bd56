/** Never truncated; longer ones are refused, so that nobody makes the server hash a novel. */
export const MAX_PASSWORD_BYTES = 1024;

export interface PasswordHasher {
  /** argon2id, at least 19 MiB and two passes. @throws UnavailableError when too many run at once */
  hash(password: string): Promise<string>;
  /**
   * Takes as long without a stored hash as with one, so that time doesn't tell whether a user exists.
   * @throws UnavailableError when too many run at once
   */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
}
