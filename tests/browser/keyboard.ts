import type { Demo } from '@fluxo/example-demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { newPage } from './chromium.js';
import { openConsole } from './console-views.js';

const MOST_STOPS = 150;

/** Where the keyboard stands, as somebody who has nothing else sees and hears it. */
export interface Stop {
  readonly name: string;
  readonly isVisible: boolean;
  /** Whether nothing that stays in its place, as the header does, lies over all of it (WCAG 2.2, 2.4.11). */
  readonly isInSight: boolean;
  /** Whether it comes after the stop before it in the page. */
  readonly isInOrder: boolean;
}

/** Somebody without a mouse. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The console's first view, loaded afresh: nothing has the focus. */
  static async inConsole(browser: Browser, demo: Demo): Promise<Keyboard> {
    const page = await newPage(browser, { reducedMotion: 'reduce', acceptDownloads: true });
    await openConsole(page, demo);
    return new Keyboard(page);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** @throws AssertionError when it is never reached, or where the focus can't be seen on the way */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor();
    for (let presses = 0; presses < MOST_STOPS; presses += 1) {
      if (await isFocused(target)) return;
      await this.press(key);
      const stop = await stopIn(this.page);
      if (stop !== undefined) expect(stop, stop.name).toMatchObject({ isVisible: true });
    }
    throw new Error(`${key} never reaches ${String(target)}.`);
  }

  /** Goes there and presses Enter, as on a link or a button. */
  async enter(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.tabTo(target, key);
    await this.press('Enter');
  }

  async fill(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.type(text);
  }

  /** @returns what it stood on after each press */
  async stopsBack(presses: number): Promise<readonly Stop[]> {
    const stops: Stop[] = [];
    for (let press = 0; press < presses; press += 1) {
      await this.press('Shift+Tab');
      const stop = await stopIn(this.page);
      // Between the end of the page and its beginning a browser may have stops of its own.
      if (stop !== undefined) stops.push(stop);
    }
    return stops;
  }

  /** From wherever it is to the end of the page. */
  async stopsToTheEnd(): Promise<readonly Stop[]> {
    const stops: Stop[] = [];
    while (stops.length < MOST_STOPS) {
      await this.press('Tab');
      const stop = await stopIn(this.page);
      // A browser without bars of its own begins anew.
      if (stop === undefined || (stop.name === stops[0]?.name && !stop.isInOrder)) return stops;
      stops.push(stop);
    }
    throw new Error(`The keyboard is trapped at ${stops.at(-1)?.name ?? ''}.`);
  }
}

export const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** In a moment: a dialog gives the focus back when it has gone. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect.poll(() => isFocused(target), { message: `focus on ${String(target)}` }).toBe(true);
}

/** Undefined where nothing in the page has the focus. */
function stopIn(page: Page): Promise<Stop | undefined> {
  return page.evaluate(() => {
    const { activeElement: element } = document;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    const before = document.querySelector('[data-stop="last"]');
    before?.setAttribute('data-stop', '');
    element.setAttribute('data-stop', 'last');
    const order = before?.compareDocumentPosition(element) ?? Node.DOCUMENT_POSITION_FOLLOWING;
    const label = (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
    // A switch of Mantine's is an input that can't be seen, and what is seen stands after it.
    const { opacity } = getComputedStyle(element);
    const shown = opacity === '0' ? element.nextElementSibling : element;
    const outline = shown === null ? undefined : getComputedStyle(shown);
    const pointsOf = (of: Element) => {
      const { left, top, right, bottom } = of.getBoundingClientRect();
      const [middle, height] = [(left + right) / 2, bottom - top];
      return [0.1, 0.5, 0.9].map((part) => [middle, top + part * height] as const);
    };
    return {
      name: `${element.tagName} ${element.getAttribute('aria-label') ?? label.trim()}`.slice(0, 60),
      isVisible: outline?.outlineStyle === 'solid' && parseFloat(outline.outlineWidth) >= 2,
      isInSight: (shown === null ? [] : pointsOf(shown)).some(([x, y]) => {
        const there = document.elementFromPoint(x, y);
        return there !== null && (shown?.contains(there) === true || there.contains(shown));
      }),
      isInOrder: before === element || (order & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    };
  });
}

/** What the API says, asked as the console asks it. */
export function ask<Answer>(page: Page, path: string): Promise<Answer> {
  return page.evaluate(
    async (url) => (await (await fetch(url)).json()) as unknown,
    `/api/v1${path}`,
  ) as Promise<Answer>;
}
