/** Of every user that a test makes. */
export const PASSWORD = 'a password for tests';
