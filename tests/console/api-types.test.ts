import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { API_TYPES, renderApiTypes } from './api-types.js';

test('the console’s types of the API are those of the server’s own document', async () => {
  expect(readFileSync(API_TYPES, 'utf8')).toBe(await renderApiTypes());
});
