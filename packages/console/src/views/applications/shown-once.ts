/**
 * Client secrets that were just made, until somebody says that they are stored. In memory alone: neither storage nor
 * the browser's history ever has them, and a reload forgets them.
 */
const secrets = new Map<string, string>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

export const shownSecret = (clientId: string): string | undefined => secrets.get(clientId);

export function showSecret(clientId: string, secret: string): void {
  secrets.set(clientId, secret);
  tell();
}

export function forgetSecret(clientId: string): void {
  secrets.delete(clientId);
  tell();
}

export function subscribeShownSecrets(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
