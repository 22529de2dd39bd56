import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe has to say, each with its first place. What passes isn't told: that took most of the time. Frames are previews,
 * pictures of pages that have tests of their own; without them there is nothing to gather, so no second tab is needed.
 */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude('iframe')
    .analyze();
  return violations.map(({ id, nodes }) => `${id} at ${String(nodes[0]?.target[0])}`);
}
