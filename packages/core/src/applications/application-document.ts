import type { CheckedApplication } from './check-application.js';
import type { Application, RefreshPolicy } from './application.js';

/** What an administrator says of an application, by the names that it has in files and at the API. */
export type ApplicationDocument = Readonly<Record<DocumentField, DocumentValue>>;

export type DocumentValue = string | number | boolean | null | readonly string[] | RefreshPolicyDocument;

export interface RefreshPolicyDocument {
  readonly rotation: boolean;
  readonly absolute_days: number | null;
  readonly inactivity_days: number | null;
}

/** A field that is added to applications doesn't compile until it has its name here. */
const FIELD_NAMES = {
  name: 'name',
  kind: 'kind',
  enabled: 'enabled',
  redirectUrls: 'redirect_urls',
  refreshPolicy: 'refresh_policy',
  tokenType: 'token_type',
  rememberConsent: 'remember_consent',
  description: 'description',
  descriptionUrl: 'description_url',
  privacyUrl: 'privacy_url',
  termsUrl: 'terms_url',
  developerName: 'developer_name',
  developerEmail: 'developer_email',
  introspectEnvironment: 'introspect_environment',
  adminApi: 'admin_api',
} as const satisfies Record<keyof CheckedApplication, string>;

export type DocumentField = (typeof FIELD_NAMES)[keyof typeof FIELD_NAMES];

/** In the order in which people read them. */
export const DOCUMENT_FIELDS = Object.entries(FIELD_NAMES) as readonly (readonly [
  keyof CheckedApplication,
  DocumentField,
])[];

export function toDocument(application: CheckedApplication): ApplicationDocument {
  const entries = DOCUMENT_FIELDS.map(([key, field]) => [field, toValue(application[key])] as const);
  return Object.fromEntries(entries) as ApplicationDocument;
}

function toValue(value: Application[keyof CheckedApplication]): DocumentValue {
  return typeof value === 'object' && value !== null && 'rotation' in value ? policyDocument(value) : value;
}

const policyDocument = ({
  rotation,
  absoluteDays,
  inactivityDays,
}: RefreshPolicy): RefreshPolicyDocument => ({
  rotation,
  absolute_days: absoluteDays,
  inactivity_days: inactivityDays,
});

/** Where two applications say different things; `logo` too, where both sides are known by it. */
export interface FieldDifference {
  readonly field: DocumentField | 'logo';
  readonly here: DocumentValue;
  readonly there: DocumentValue;
}

export function differencesOf(
  here: CheckedApplication,
  there: CheckedApplication,
): readonly FieldDifference[] {
  const [ours, theirs] = [toDocument(here), toDocument(there)];
  return DOCUMENT_FIELDS.map(([, field]) => ({ field, here: ours[field], there: theirs[field] })).filter(
    // Both were made by toDocument, so their members stand in the same order.
    (difference) => JSON.stringify(difference.here) !== JSON.stringify(difference.there),
  );
}
