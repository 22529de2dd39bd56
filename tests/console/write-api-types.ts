import { writeFileSync } from 'node:fs';
import { API_TYPES, renderApiTypes } from './api-types.js';

/** `npm run api-types`: after a change of the API, before the console is changed. */
writeFileSync(API_TYPES, await renderApiTypes());
