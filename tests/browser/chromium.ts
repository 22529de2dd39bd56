import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** The shell is the same engine without the window that nobody sees: a fifth faster. */
const CANDIDATES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page here lives for seconds: to optimize its scripts took a fifth of a run's processor time.
  '--js-flags=--no-opt,--no-maglev',
];

/** Undefined on a machine without a browser; in CI that is a failure. */
export function findChromium(): string | undefined {
  const found = [process.env['FLUXO_CHROMIUM'] ?? '', ...CANDIDATES].find(
    (path) => path !== '' && existsSync(path),
  );
  if (found === undefined && process.env['CI'] !== undefined) {
    throw new Error(
      'No Chromium was found: install it (Debian: apt-get install chromium) or set FLUXO_CHROMIUM.',
    );
  }
  return found;
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found.');
  // As root, as in a container, Chromium's own sandbox can't start.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...sandbox] });
}

/** A person's own browser profile, fresh. Nothing moves: whoever waits for it to stand still waits for nothing. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  return context.newPage();
}
