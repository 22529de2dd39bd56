import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Half as long as what the package gives when it is imported, and each page reads it anew. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare const axe: typeof Axe;

/**
 * What axe has to say, each with its first place. What passes isn't told: that took most of the time. Frames are
 * previews, pictures of pages that have tests of their own.
 */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(SOURCE);
  return page.evaluate(async () => {
    const { violations } = await axe.run({ exclude: ['iframe'] }, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id} at ${String(nodes[0]?.target[0])}`);
  });
}
