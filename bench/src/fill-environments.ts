import { randomBytes } from 'node:crypto';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { FluxoFolder } from './fluxo-folder.js';
import { issue } from './issue.js';
import type { Token } from './load.js';

type Row = Record<string, unknown>;

const APPLICATIONS_EACH = 10;

/** More environments like the folder's own, each with a user and ten applications with a grant. @returns their tokens */
export function fillEnvironments(folder: FluxoFolder, environments: number): readonly Token[] {
  const database = new SqliteDatabase(folder.file);
  try {
    const template = templateOf(database, folder);
    return database.transaction(() =>
      Array.from({ length: environments }, (_, index) => {
        const place = { environment_id: newId(), domain: `organization-${index}` };
        const user = { ...template.user, environment_id: place.environment_id, id: newId() };
        insert(database, 'environments', {
          ...template.environment,
          id: place.environment_id,
          domain: place.domain,
        });
        insert(database, 'users', user);
        return Array.from({ length: APPLICATIONS_EACH }, () =>
          addApplication(database, { folder, template, place, userId: user.id }),
        );
      }).flat(),
    )();
  } finally {
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
  }
}

type Template = ReturnType<typeof templateOf>;

interface Place {
  readonly folder: FluxoFolder;
  readonly template: Template;
  readonly place: { readonly environment_id: string; readonly domain: string };
  readonly userId: string;
}

/** The secret is the same everywhere, so that its digest is. */
function addApplication(database: Database, { folder, template, place, userId }: Place): Token {
  const id = newId();
  const grantId = newId();
  const { token, digest, raw } = issue(grantId, 1, folder.signing);
  const owned = { environment_id: place.environment_id, application_id: id };
  const consent = { ...template.consent, ...owned, id: newId(), user_id: userId };
  insert(database, 'applications', { ...template.application, environment_id: place.environment_id, id });
  insert(database, 'redirect_urls', { ...template.redirectUrl, ...owned });
  insert(database, 'application_secrets', { ...template.secret, ...owned, id: newId() });
  insert(database, 'consents', consent);
  insert(database, 'grants', {
    ...{ ...template.grant, ...owned, id: grantId, user_id: userId, consent_id: consent.id },
    ...{ generation: raw.generation, current_digest: digest },
  });
  return {
    ...token,
    host: `${place.domain}.my.localhost`,
    body: `client_id=${id}&client_secret=${folder.clientSecret}`,
  };
}

function templateOf(database: Database, { environmentId, userId, applicationId }: FluxoFolder) {
  const one = (table: string, column: string, value: string): Row =>
    database.prepare(`SELECT * FROM ${table} WHERE ${column} = ? LIMIT 1`).get(value) as Row;
  return {
    environment: one('environments', 'id', environmentId),
    user: one('users', 'id', userId),
    application: one('applications', 'id', applicationId),
    redirectUrl: one('redirect_urls', 'application_id', applicationId),
    secret: one('application_secrets', 'application_id', applicationId),
    consent: one('consents', 'application_id', applicationId),
    grant: one('grants', 'application_id', applicationId),
  };
}

function insert(database: Database, table: string, row: Row): void {
  const names = Object.keys(row);
  const places = names.map((name) => `@${name}`);
  database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`).run(row);
}

const newId = (): string => randomBytes(16).toString('hex');
