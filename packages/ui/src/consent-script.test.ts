import { Script, createContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { consentScript } from './index.js';

type Listener = (event: Record<string, unknown>) => void;

/** As much of a browser as the script touches; the real one is driven by the browser tests. */
function openPage() {
  const listeners = new Map<string, { listener: Listener; capture: boolean }>();
  const listen = (type: string, listener: Listener, capture = false) =>
    listeners.set(type, { listener, capture });
  class Element {
    readonly allow: boolean;
    constructor(allow: boolean) {
      this.allow = allow;
    }
    closest() {
      return this.allow ? this : null;
    }
    toggleAttribute() {
      return true;
    }
  }
  const button = new Element(true);
  const page = { visibilityState: 'visible', focused: true };
  const document = {
    addEventListener: listen,
    querySelector: () => button,
    hasFocus: () => page.focused,
    get visibilityState() {
      return page.visibilityState;
    },
  };
  const window = { addEventListener: listen };
  new Script(consentScript).runInContext(
    createContext({ document, window, Element, setTimeout, clearTimeout }),
  );
  const passes = (type: string, event: Record<string, unknown>) => {
    const preventDefault = vi.fn();
    listeners.get(type)?.listener({ type, preventDefault, stopImmediatePropagation: vi.fn(), ...event });
    return preventDefault.mock.calls.length === 0;
  };
  return {
    page,
    listeners,
    happens: (type: string) => listeners.get(type)?.listener({ type }),
    allowClickPasses: () => passes('click', { target: button }),
    allowSubmitPasses: () => passes('submit', { submitter: button }),
    cancelPasses: () => passes('click', { target: new Element(false) }),
  };
}

describe('the consent script', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('listens in the capture phase, before anything else on the page', () => {
    const { listeners } = openPage();
    expect(listeners.get('click')?.capture).toBe(true);
    expect(listeners.get('submit')?.capture).toBe(true);
  });

  it('stops Allow for half a second after the page is shown, and Cancel never', () => {
    const browser = openPage();
    vi.advanceTimersByTime(499);
    expect(browser.allowClickPasses()).toBe(false);
    expect(browser.allowSubmitPasses()).toBe(false);
    expect(browser.cancelPasses()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(browser.allowClickPasses()).toBe(true);
    expect(browser.allowSubmitPasses()).toBe(true);
  });

  it('waits again when the window comes back to the front', () => {
    const browser = openPage();
    vi.advanceTimersByTime(600);
    browser.happens('blur');
    expect(browser.allowClickPasses()).toBe(false);
    browser.happens('focus');
    vi.advanceTimersByTime(499);
    expect(browser.allowClickPasses()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(browser.allowClickPasses()).toBe(true);
  });

  it('never allows in a window that is hidden or has not got the focus', () => {
    const browser = openPage();
    browser.page.focused = false;
    vi.advanceTimersByTime(10_000);
    expect(browser.allowClickPasses()).toBe(false);
    browser.page.focused = true;
    browser.page.visibilityState = 'hidden';
    browser.happens('visibilitychange');
    vi.advanceTimersByTime(10_000);
    expect(browser.allowClickPasses()).toBe(false);
  });
});
