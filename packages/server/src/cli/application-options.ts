import type { ApplicationInput, RefreshPolicy, TokenTypeSetting } from '@fluxo/core';
import { Option, type Command } from 'commander';
import { withoutUndefined } from '../without-undefined.js';
import { daysOption, switchOption } from './option-values.js';

type Days = number | 'none';

/** What an application may have, as it was typed. */
export interface ApplicationOptions {
  readonly name?: string;
  readonly redirectUrl?: readonly string[];
  readonly refreshRotation?: boolean;
  readonly refreshAbsoluteDays?: Days;
  readonly refreshInactivityDays?: Days;
  readonly tokenType?: TokenTypeSetting;
  readonly rememberConsent?: boolean;
  readonly enabled?: boolean;
  readonly introspectEnvironment?: boolean;
  readonly adminApi?: boolean;
  readonly description?: string;
  readonly descriptionUrl?: string;
  readonly privacyUrl?: string;
  readonly termsUrl?: string;
  readonly developerName?: string;
  readonly developerEmail?: string;
  /** A path; false to have none. */
  readonly logo?: string | false;
}

const REDIRECT_URLS = '--redirect-url <URL...>';
const REDIRECT_URLS_HELP = 'where answers may go; several after one another, or the option repeated';
const NAME = '--name <TEXT>';
const NAME_HELP = 'what people read on the consent screen';

export function addRequiredOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--kind <KIND>',
        'web has a secret, spa runs in a browser or on a device, machine signs JWTs with its key',
      )
        .choices(['web', 'spa', 'machine'])
        .makeOptionMandatory(),
    )
    .requiredOption(NAME, NAME_HELP)
    .option(REDIRECT_URLS, `${REDIRECT_URLS_HELP} (machine: none)`);
}

export function addChangeableOptions(command: Command): Command {
  return command
    .option(NAME, NAME_HELP)
    .option(REDIRECT_URLS, `${REDIRECT_URLS_HELP}; replaces all there were`);
}

export function addOptionalOptions(command: Command): Command {
  return command
    .addOption(switchOption('--refresh-rotation', 'a new refresh token at each refresh (spa: always on)'))
    .addOption(daysOption('--refresh-absolute-days', 'days from the grant until refresh tokens end'))
    .addOption(daysOption('--refresh-inactivity-days', 'days without the user until refresh tokens end'))
    .addOption(
      new Option('--token-type <TYPE>', 'what token answers say').choices([
        'by-endpoint',
        'sessionID',
        'Bearer',
      ]),
    )
    .addOption(switchOption('--remember-consent', 'ask each user once only (web with https only)'))
    .addOption(switchOption('--enabled', 'off refuses everything of the application, until it is on again'))
    .addOption(
      switchOption(
        '--introspect-environment',
        'it may introspect all tokens of the environment, not only its own',
      ),
    )
    .addOption(
      switchOption('--admin-api', 'scripts may use the administrators’ API through it (machine only)'),
    )
    .option('--description <TEXT>', 'one or two sentences for the consent screen')
    .option('--description-url <URL>', 'more about the application')
    .option('--privacy-url <URL>', 'its privacy notice')
    .option('--terms-url <URL>', 'its terms of service')
    .option('--developer-name <TEXT>', 'who made it')
    .option('--developer-email <EMAIL>', 'where its makers can be reached')
    .option('--logo <FILE>', 'a PNG, JPEG or WebP picture of at most 2 MiB');
}

/** Only what was given, so that the rest keeps its default or its present value. */
export function toApplicationChange(options: ApplicationOptions): Partial<Omit<ApplicationInput, 'kind'>> {
  return withoutUndefined({
    name: options.name,
    redirectUrls: options.redirectUrl,
    refreshPolicy: toRefreshPolicy(options),
    rememberConsent: options.rememberConsent,
    tokenType: options.tokenType,
    enabled: options.enabled,
    introspectEnvironment: options.introspectEnvironment,
    adminApi: options.adminApi,
    description: options.description,
    descriptionUrl: options.descriptionUrl,
    privacyUrl: options.privacyUrl,
    termsUrl: options.termsUrl,
    developerName: options.developerName,
    developerEmail: options.developerEmail,
  });
}

function toRefreshPolicy(options: ApplicationOptions): Partial<RefreshPolicy> {
  return withoutUndefined({
    rotation: options.refreshRotation,
    absoluteDays: toDays(options.refreshAbsoluteDays),
    inactivityDays: toDays(options.refreshInactivityDays),
  });
}

function toDays(days: Days | undefined): number | null | undefined {
  return days === 'none' ? null : days;
}
