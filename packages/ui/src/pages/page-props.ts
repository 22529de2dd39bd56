import type { Page, PageContext } from '../page.js';
import type { Text } from '../text/text.js';

/** What a page component gets: its own data, what all pages share, and a voice. */
export interface PageProps<Kind extends Page['kind']> {
  readonly page: Extract<Page, { kind: Kind }>;
  readonly context: PageContext;
  readonly text: Text;
}
