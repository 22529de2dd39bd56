/** Parts of a view, each with a name: where somebody is taken when the very thing that they used is gone. */
const PLACES = '[role="group"], [role="dialog"], section, [role="tabpanel"], main';
/** What opened a dialog, and what was used in it, are among these. */
const REMEMBERED = 8;

interface Stop {
  readonly element: HTMLElement;
  /** The nearest first. Noted on arrival: who is taken out of the page has no parents any more. */
  readonly places: readonly HTMLElement[];
}

/**
 * Keeps the keyboard where it works (WCAG 2.2, 2.4.3). A button that waits for its answer is disabled, and a row that
 * was deleted takes its button with it: the browser then focuses nothing at all, and a screen reader begins anew. So
 * the focus goes back to what it was on, and otherwise to the nearest part of the view that is still there.
 * @returns ends it
 */
export function keepFocus(): () => void {
  /** Where the focus was, the latest first. */
  let trail: readonly Stop[] = [];
  const restore = (): void => {
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body) return;
    if (trail[0] !== undefined && !isWaiting(trail[0].element)) takeBack(trail);
  };
  let timer: number | undefined;
  // Not at once: on its way from one field to the next, for a moment, the focus is nowhere too.
  const restoreSoon = (): void => {
    timer ??= window.setTimeout(() => {
      timer = undefined;
      restore();
    });
  };
  const arrive = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const before = trail.filter(({ element }) => element !== target);
    trail = [{ element: target, places: placesAround(target) }, ...before].slice(0, REMEMBERED);
  };
  const leave = ({ target, relatedTarget }: FocusEvent): void => {
    if (relatedTarget !== null || !(target instanceof HTMLElement)) return;
    queueMicrotask(() => {
      if (!isUsable(target)) restoreSoon();
      // Somebody clicked beside it. (Who goes to another window finds it as it was.)
      else if (document.activeElement === document.body) trail = [];
    });
  };
  const observer = new MutationObserver(restoreSoon);
  document.addEventListener('focusin', arrive);
  document.addEventListener('focusout', leave);
  observer.observe(document.body, {
    ...{ childList: true, subtree: true, attributeFilter: ['disabled', 'data-loading'] },
  });
  return () => {
    document.removeEventListener('focusin', arrive);
    document.removeEventListener('focusout', leave);
    observer.disconnect();
    window.clearTimeout(timer);
  };
}

function takeBack(trail: readonly Stop[]): void {
  for (const { element, places } of trail) {
    const target = isUsable(element) ? element : places.find(({ isConnected }) => isConnected);
    if (target === undefined) continue;
    if (target !== element && !target.hasAttribute('tabindex')) target.tabIndex = -1;
    // They are there already: nothing moves under their eyes.
    target.focus({ preventScroll: true });
    return;
  }
}

function placesAround(element: HTMLElement): readonly HTMLElement[] {
  const place = element.parentElement?.closest<HTMLElement>(PLACES) ?? null;
  return place === null ? [] : [place, ...placesAround(place)];
}

const isUsable = (element: HTMLElement): boolean => element.isConnected && !element.matches(':disabled');
const isWaiting = (element: HTMLElement): boolean =>
  element.isConnected && element.matches('[data-loading]:disabled');
