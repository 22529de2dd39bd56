import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { startFluxo } from '../support/fluxo.js';

export const API_TYPES = fileURLToPath(
  new URL('../../packages/console/src/api/schema.d.ts', import.meta.url),
);

const HEADER = `// Made of the server's OpenAPI document by \`npm run api-types\`; a test compares the two.\n\n`;

/** The console's types of the API, made of what a server says of itself. */
export async function renderApiTypes(): Promise<string> {
  const fluxo = await startFluxo();
  try {
    const { body } = await fluxo.server.app.inject({
      method: 'GET',
      url: '/api/v1/openapi.json',
      headers: { host: new URL((await fluxo.environment('acme')).origin).host },
    });
    const types = astToString(await openapiTS(JSON.parse(body) as OpenAPI3));
    const style = await resolveConfig(API_TYPES);
    return await format(HEADER + types, { ...style, parser: 'typescript' });
  } finally {
    await fluxo.close();
  }
}
