/** A request that the object API can't answer; class and message are the dialect's. */
export class ObjectRequestError extends Error {
  readonly errorClass: string;
  readonly status: 400 | 404;

  constructor(kind: 'invalid-parameter' | 'not-found', message: string) {
    super(message);
    this.name = 'ObjectRequestError';
    this.status = kind === 'not-found' ? 404 : 400;
    this.errorClass =
      kind === 'not-found'
        ? 'com.attask.common.ObjectNotFoundException'
        : 'com.attask.common.InvalidParameterException';
  }
}
