import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo, walkTheFlow } from '@fluxo/example-demo';
import { expect, test } from 'vitest';
import { startFreshDemo } from '../browser/demo.js';

test('npm run demo walks from Connect to stop, and prints each request and answer', async () => {
  const demo = await startFreshDemo();
  const printed: string[] = [];
  try {
    await walkTheFlow({
      ...demo.registration,
      origin: demo.origin,
      redirectUri: `${demo.thirdPartyApp.url}callback`,
      print: (text) => printed.push(text),
    });
  } finally {
    await demo.close();
  }
  const transcript = printed.join('\n');
  expect(transcript.match(/^> (?:GET|POST) /gm)?.length).toBe(13);
  expect(transcript.match(/^< \d{3} /gm)?.length).toBe(13);
});

test('started again, the demo finds its data: the same application, whose secret still works', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxo-demo-'));
  const start = () => startDemo({ settings: { FLUXO_DATA: folder, PORT: '0' }, thirdPartyPort: 0 });
  const first = await start();
  await first.close();
  const second = await start();
  try {
    expect(second.registration).toEqual(first.registration);
    const redirectUri = `${second.thirdPartyApp.url}callback`;
    await walkTheFlow({ ...second.registration, origin: second.origin, redirectUri, print: () => undefined });
  } finally {
    await second.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([{ HOST: '0.0.0.0' }, { FLUXO_BASE_DOMAIN: 'example.com', FLUXO_PUBLIC_SCHEME: 'https' }])(
  'the demo, whose passwords everybody knows, is refused off loopback: %o',
  async (settings) => {
    const folder = mkdtempSync(join(tmpdir(), 'fluxo-demo-'));
    const started = startDemo({
      settings: { FLUXO_DATA: folder, FLUXO_DEFAULT_ORIGIN: 'http://localhost:3000', ...settings },
      thirdPartyPort: 0,
    });
    await expect(started).rejects.toThrow(/this machine alone/);
    rmSync(folder, { recursive: true, force: true });
  },
);
