import type { Page } from 'playwright-core';

/** What doesn't fit: a page that scrolls sideways, a button or a heading whose text is cut off, a short word in two lines. */
export function misfitsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    const brokenIn = (element: Element): readonly string[] => {
      const broken: string[] = [];
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
        // A long name has to be broken somewhere; what is as short as these has room in any line.
        for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/(?<!\S)\S{2,8}(?!\S)/g)) {
          const range = new Range();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set(Array.from(range.getClientRects(), ({ bottom }) => Math.round(bottom)));
          if (lines.size > 1) broken.push(word);
        }
      }
      return broken;
    };
    const parts = 'main button, main a, main h1, main label, main input';
    for (const element of Array.from(document.querySelectorAll(parts))) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1 || element.getAttribute('aria-hidden') === 'true') continue;
      const name = `${element.tagName} ${element.textContent.slice(0, 40)}`;
      if (left < -1 || right > clientWidth + 1) found.push(`beyond the edge: ${name}`);
      found.push(...brokenIn(element).map((word) => `broken: ${word} in ${name}`));
      const clips = getComputedStyle(element).overflowX !== 'visible' && element.tagName !== 'INPUT';
      if (element.tagName === 'BUTTON' && element.scrollWidth > element.clientWidth + 1) {
        found.push(`does not fit its button: ${name}`);
      } else if (clips && element.scrollWidth > element.clientWidth + 1) found.push(`clipped: ${name}`);
    }
    return found;
  });
}
