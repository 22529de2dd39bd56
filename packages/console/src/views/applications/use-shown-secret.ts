import { useSyncExternalStore } from 'react';
import { shownSecret, subscribeShownSecrets } from './shown-once.js';

export const useShownSecret = (clientId: string): string | undefined =>
  useSyncExternalStore(subscribeShownSecrets, () => shownSecret(clientId));
