import { addApplicationSecret, registerApplication, type Application } from '@fluxo/core';
import type { Demo } from '@fluxo/example-demo';
import type { BrowserContext, Page } from 'playwright-core';
import { demoTenant, signIn } from './demo.js';

export interface ConsoleView {
  readonly name: string;
  readonly path: string;
}

/** The heading of a view that waits for nothing. */
const VIEW = '#content:not([data-busy]) h1';

/** What the browser had once the administrator was signed in: to sign in takes as long as what many tests then do. */
const signedIn = new WeakMap<Demo, Cookies>();
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** A view, loaded afresh, for the demo's administrator. @param path below `/console` */
export async function openConsole(page: Page, demo: Demo, path = ''): Promise<void> {
  const context = page.context();
  const address = `${demo.origin}/console${path}`;
  if ((await context.cookies(demo.origin)).length === 0) await context.addCookies(signedIn.get(demo) ?? []);
  await page.goto(address);
  const username = page.locator('input[name="username"]');
  await page.locator(VIEW).or(username).waitFor();
  if (await username.isVisible()) {
    await signIn(page, 'ben');
    await viewIsThere(page);
    signedIn.set(demo, await context.cookies(demo.origin));
    await page.goto(address);
  }
  await viewIsThere(page);
}

/** A view is there when its heading stands and nothing is on its way any more. */
export async function viewIsThere(page: Page): Promise<void> {
  const heading = page.locator(VIEW);
  await heading.waitFor();
  // Once it stands, it asks: two frames later that is known.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await heading.waitFor();
}

/** An organization that has been at work: applications of every kind. */
export async function furnishDemo(demo: Demo): Promise<Readonly<Record<Application['kind'], string>>> {
  const { environment, essentials, storage } = await demoTenant(demo);
  const { applications } = storage;
  const { isOwnHost } = demo.server.services.hosts;
  const administration = { environmentId: environment.id, store: applications, essentials, isOwnHost };
  const register = async (kind: Application['kind'], name: string): Promise<string> => {
    const redirectUrls = kind === 'machine' ? [] : ['https://northfield.example/callback'];
    const policy = kind === 'spa' ? { refreshPolicy: { absoluteDays: 90 } } : {};
    const { application } = await registerApplication(
      { kind, name, redirectUrls, ...policy },
      administration,
    );
    return application.clientId;
  };
  const [lapis] = await applications.list();
  if (lapis === undefined) throw new Error('The demo has no application.');
  await addApplicationSecret(lapis.clientId, 'production, from December on', administration);
  return {
    web: lapis.clientId,
    spa: await register('spa', 'Field notes'),
    machine: await register('machine', 'Nightly import'),
  };
}

/** Every view that an address leads to. */
export function consoleViews(ids: Readonly<Record<Application['kind'], string>>): readonly ConsoleView[] {
  const at = (path: string): string => `/console/applications${path}`;
  return [
    { name: 'applications', path: at('') },
    { name: 'applications-none', path: at('?q=nothing+is+called+so') },
    { name: 'new', path: at('/new') },
    { name: 'connect', path: at(`/${ids.web}`) },
    { name: 'try', path: at(`/${ids.web}/try`) },
    { name: 'settings', path: at(`/${ids.web}/settings`) },
    { name: 'secrets', path: at(`/${ids.web}/secrets`) },
    { name: 'people', path: at(`/${ids.web}/people`) },
    { name: 'spa-settings', path: at(`/${ids.spa}/settings`) },
    { name: 'machine-connect', path: at(`/${ids.machine}`) },
    { name: 'machine-keys', path: at(`/${ids.machine}/secrets`) },
    { name: 'not-there', path: '/console/nothing/here' },
  ];
}
