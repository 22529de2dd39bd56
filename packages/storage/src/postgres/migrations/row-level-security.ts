import { OWNED_TABLES, SHARED_TABLES } from './tables.js';

/** Owns nothing and can log in nowhere: connections take it on, and the policies hold for it. */
export const APPLICATION_ROLE = 'fluxo_app';

/**
 * A statement sees and writes the rows of the environment that its transaction named, and nothing else,
 * whatever its WHERE says. Without a name it is an error: the setting is asked without a default.
 */
const POLICY = `environment_id = current_setting('fluxo.environment_id')::uuid`;

/** The directory follows the applications by itself, so that no operation can forget it. */
const DIRECTORY = [
  `CREATE FUNCTION keep_application_directory() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO application_directory (application_id, environment_id) VALUES (NEW.id, NEW.environment_id);
    ELSE
      DELETE FROM application_directory WHERE application_id = OLD.id AND environment_id = OLD.environment_id;
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER application_directory_follows AFTER INSERT OR DELETE ON applications
    FOR EACH ROW EXECUTE FUNCTION keep_application_directory()`,
];

/** @param tables what belongs to exactly one environment, and what the application's role may do with it */
export function guardOwned(tables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(tables).flatMap(([table, rights]) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY own_environment ON ${table} USING (${POLICY}) WITH CHECK (${POLICY})`,
    `GRANT ${rights} ON ${table} TO ${APPLICATION_ROLE}`,
  ]);
}

export const ROW_LEVEL_SECURITY = [
  ...guardOwned(OWNED_TABLES),
  ...Object.entries(SHARED_TABLES).map(
    ([table, rights]) => `GRANT ${rights} ON ${table} TO ${APPLICATION_ROLE}`,
  ),
  ...DIRECTORY,
];
