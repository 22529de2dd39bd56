import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Half as long as what the package gives when it is imported, and each page reads it anew. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare const axe: typeof Axe;

/** For a page that is to be looked at in many states: each document has axe from its beginning, in half of the time. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript(SOURCE);
}

/**
 * What axe has to say, each with its first place. What passes isn't told: that took most of the time. Frames are
 * previews, pictures of pages that have tests of their own.
 */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  return page.evaluate(async () => {
    const { violations } = await axe.run({ exclude: ['iframe'] }, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id} at ${String(nodes[0]?.target[0])}`);
  });
}
