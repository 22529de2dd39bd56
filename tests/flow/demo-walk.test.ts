import { expect, test } from 'vitest';
import { walkTheFlow } from '@fluxo/example-demo';
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
