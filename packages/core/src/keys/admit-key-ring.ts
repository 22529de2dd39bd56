import type { Essentials } from '../essentials.js';
import type { KeyAdmission } from './judge-keys.js';
import type { KeyStore } from './key-store.js';

/** The ring doesn't fit the database; the message says which key and what to do. */
export class KeyRingRefusedError extends Error {
  constructor(admission: Exclude<KeyAdmission, { readonly kind: 'admitted' }>) {
    const names = admission.keyIds.join(', ');
    super(
      admission.kind === 'missing'
        ? `The secret key ${names} is missing: the database has tokens that were made with it. Restore the file secret-keys ` +
            'from the backup, or put the missing key into FLUXO_SECRET_KEYS; or, when it is lost or was stolen, give up what ' +
            `was made with it: ${admission.keyIds.map((keyId) => `fluxo keys retire ${keyId}`).join('; ')}`
        : `The secret key ${names} was retired. Take it out of the file secret-keys or of FLUXO_SECRET_KEYS.`,
    );
    this.name = 'KeyRingRefusedError';
  }
}

/** A server must hold every key that the database counts on before it answers anybody. @throws KeyRingRefusedError */
export async function admitKeyRing(
  keys: KeyStore,
  { keyRing, clock }: Pick<Essentials, 'keyRing' | 'clock'>,
): Promise<void> {
  const admission = await keys.admit(
    keyRing.all.map(({ id }) => id),
    clock.real(),
  );
  if (admission.kind !== 'admitted') throw new KeyRingRefusedError(admission);
}
