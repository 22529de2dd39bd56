import {
  applicationLimitReached,
  InputError,
  type Application,
  type ApplicationSecretDigest,
  type ApplicationWrite,
  type ClientId,
  type Logo,
} from '@fluxo/core';
import type { Operation } from '../operation.js';

/** The single changes, each as part of whatever transaction runs it. */
interface SingleWrites {
  readonly register: (
    application: Application,
    secret: ApplicationSecretDigest | undefined,
    detail?: string,
  ) => Operation<'registered' | 'limit-reached'>;
  readonly update: (
    application: Application,
    ifRevision: undefined,
    condition: { readonly since: number; readonly detail: string | undefined },
  ) => Operation<boolean>;
  readonly setLogo: (clientId: ClientId, logo: Logo | undefined) => Operation<boolean>;
}

/** What can't be done any more is thrown, so that what was done before it is taken back. */
export function* writeTogether(all: readonly ApplicationWrite[], single: SingleWrites): Operation<void> {
  for (const write of all) {
    const { application, detail } = write;
    const { clientId } = application;
    if (write.kind === 'register') {
      const registered = yield* single.register({ ...application, logoVersion: null }, write.secret, detail);
      if (registered === 'limit-reached') throw applicationLimitReached();
      if (write.logo !== undefined) yield* single.setLogo(clientId, write.logo);
      continue;
    }
    if (!(yield* single.update(application, undefined, { since: write.since, detail }))) {
      throw new InputError(
        'application',
        `The application ${clientId} was changed or deleted meanwhile; nothing was written. Try again.`,
      );
    }
    if ('logo' in write) yield* single.setLogo(clientId, write.logo);
  }
}
