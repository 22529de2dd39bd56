import { redirectOrigin } from '@fluxo/core';
import { pickLocale, renderPage, type Page } from '@fluxo/ui';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../../http/tenant.js';
import { toOrganization } from './organization.js';
import { ASSET_PATHS } from './page-assets.js';

export interface PageOptions {
  readonly status?: number;
  /** As the flow's request asked for (OpenID Connect `ui_locales`). */
  readonly uiLocales?: string | null;
  /** Where the page's form may lead at last: the redirect URL of the flow. */
  readonly redirectUri?: string;
}

export interface PageAnswer {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Absent where no environment is known, or none was looked for. */
  readonly tenant?: Pick<Tenant, 'now'>;
}

/** Sends one of our pages, with everything that keeps others out of it. */
export function sendPage(
  page: Page,
  { request, reply, tenant }: PageAnswer,
  options: PageOptions = {},
): FastifyReply {
  const environment = request.site?.kind === 'environment' ? request.site.environment : undefined;
  const html = renderPage(page, {
    ...ASSET_PATHS,
    locale: pickLocale(options.uiLocales ?? undefined, request.headers['accept-language']),
    requestId: request.id,
    // A lane may have a time of its own, and “in 4 minutes” counts from that.
    ...(tenant === undefined ? {} : { now: tenant.now }),
    ...(environment === undefined ? {} : { organization: toOrganization(environment) }),
  });
  return reply
    .code(options.status ?? 200)
    .headers({
      'content-security-policy': contentSecurityPolicy(options.redirectUri),
      // For browsers that don't know frame-ancestors.
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      vary: 'Accept-Language, Cookie',
    })
    .type('text/html; charset=utf-8')
    .send(html);
}

function contentSecurityPolicy(redirectUri: string | undefined): string {
  const formTargets = ["'self'", ...(redirectUri === undefined ? [] : formTargetsOf(redirectUri))];
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    `form-action ${formTargets.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/**
 * Chromium applies form-action to every redirect that follows a form, so it must name where *Allow access*
 * leads, and it must not stop the application there: many a callback redirects on, to another of its
 * hosts. docs/adr/0007-form-action.md.
 */
function formTargetsOf(redirectUri: string): readonly string[] {
  const origin = redirectOrigin(redirectUri);
  const scheme = `${redirectUri.split(':', 1)[0] ?? ''}:`;
  // A private-use scheme has no origin and leads nowhere else.
  if (origin === null) return [scheme];
  // The syntax of CSP knows no IPv6 address.
  const own = origin.includes('[') ? scheme : origin;
  return scheme === 'https:' ? [own, 'https:'] : [own, 'https:', 'http://localhost:*', 'http://127.0.0.1:*'];
}
