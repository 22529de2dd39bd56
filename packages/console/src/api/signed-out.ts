/** Whether the API last said that nobody is signed in. */
let signedOut = false;
const listeners = new Set<() => void>();

export const isSignedOut = (): boolean => signedOut;

export function noteSignedOut(value: boolean): void {
  if (signedOut === value) return;
  signedOut = value;
  for (const listener of listeners) listener();
}

export function subscribeSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
