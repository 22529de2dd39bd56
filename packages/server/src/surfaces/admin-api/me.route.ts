import { formTokenOf } from '../../http/form-token.js';
import type { Services } from '../../services.js';
import { readVersion } from '../../version.js';
import { adminCallOf, type AdminApi } from './admin-api.js';
import { PROBLEM_RESPONSE } from './schemas/common.schema.js';
import { Me } from './schemas/environment.schema.js';

/** Who asks, and what a page of theirs needs to change anything. */
export function registerMe(api: AdminApi, services: Services): void {
  api.get(
    '/me',
    {
      schema: {
        ...{ operationId: 'getMe', tags: ['me'], summary: 'Who you are, where, and the CSRF token' },
        response: { 200: Me, default: PROBLEM_RESPONSE },
      },
    },
    (request) => {
      const { caller, browser, tenant } = adminCallOf(request);
      const { id, domain, lane, name } = tenant.environment;
      return {
        user: { wid: caller.id, username: caller.username, name: caller.name },
        environment: { id, domain, lane, name, origin: tenant.origin },
        csrf_token: browser === undefined ? null : formTokenOf(browser.evidence.id, services),
        version: readVersion(),
      };
    },
  );
}
