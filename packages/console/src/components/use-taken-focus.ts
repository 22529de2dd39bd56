import { useEffect, useRef, type RefObject } from 'react';

/**
 * For what appears in answer to a deed, in another place than the button, and above all for what is shown once: whoever
 * can't see it appear is led there. The element has `tabIndex={-1}`.
 */
export function useTakenFocus<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    ref.current?.focus();
  }, []);
  return ref;
}
