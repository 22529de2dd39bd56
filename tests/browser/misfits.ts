import type { Page } from 'playwright-core';

/** What doesn't fit: a page that scrolls sideways, a button or a heading whose text is cut off. */
export function misfitsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    const parts = 'main button, main a, main h1, main label, main input';
    for (const element of Array.from(document.querySelectorAll(parts))) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1 || element.getAttribute('aria-hidden') === 'true') continue;
      const name = `${element.tagName} ${element.textContent.slice(0, 40)}`;
      if (left < -1 || right > clientWidth + 1) found.push(`beyond the edge: ${name}`);
      const clips = getComputedStyle(element).overflowX !== 'visible' && element.tagName !== 'INPUT';
      if (element.tagName === 'BUTTON' && element.scrollWidth > element.clientWidth + 1) {
        found.push(`does not fit its button: ${name}`);
      } else if (clips && element.scrollWidth > element.clientWidth + 1) found.push(`clipped: ${name}`);
    }
    return found;
  });
}
