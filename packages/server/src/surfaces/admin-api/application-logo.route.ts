import { encodeLogo, MAX_LOGO_BYTES } from '../../adapters/logo.js';
import type { Services } from '../../services.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { BY_CLIENT_ID, clientIdOf, requireOwnApplication } from './application-calls.js';
import { IMAGE_TYPES } from './bodies.js';
import { Logo } from './schemas/application.schema.js';
import { Nothing, PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { logoUrlOf } from './views.js';

/** The picture on the consent screen: decoded and encoded anew, nothing of the upload but its pixels is served. */
export function registerApplicationLogo(api: AdminApi, services: Services): void {
  const schema = { tags: ['applications'], params: BY_CLIENT_ID };
  const url = '/applications/:client_id/logo';
  api.put(
    url,
    {
      bodyLimit: MAX_LOGO_BYTES,
      schema: {
        ...{ ...schema, operationId: 'setApplicationLogo', consumes: IMAGE_TYPES },
        summary: 'Set the logo: a PNG, JPEG or WebP picture of at most 2 MiB',
        response: { 200: Logo, default: PROBLEM_RESPONSE },
      },
    },
    async (request) => {
      await requireOwnApplication(request, services);
      const logo = await encodeLogo(request.body as Uint8Array | undefined);
      const clientId = clientIdOf(request);
      await adminCallOf(request).tenant.storage.applications.setLogo(clientId, logo);
      return { logo_url: logoUrlOf({ clientId, logoVersion: logo.version }) };
    },
  );
  api.delete(
    url,
    {
      schema: {
        ...{ ...schema, operationId: 'deleteApplicationLogo', summary: 'Take the logo away' },
        response: { 204: Nothing, default: PROBLEM_RESPONSE },
      },
    },
    async (request, reply) => {
      await requireOwnApplication(request, services);
      await adminCallOf(request).tenant.storage.applications.setLogo(clientIdOf(request), undefined);
      return reply.code(204).send(null);
    },
  );
}
