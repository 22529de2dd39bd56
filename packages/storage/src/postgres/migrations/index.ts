import type { Migrations } from '../../schema/migrate.js';
import { initial } from './0001-initial.js';
import { keyFingerprints } from './0002-key-fingerprints.js';
import { changeLog } from './0003-change-log.js';
import { usedOnce } from './0004-used-once.js';
import { identityProviders } from './0005-identity-providers.js';
import { people } from './0006-people.js';
import { machineApplications } from './0007-machine-applications.js';
import { activity } from './0008-activity.js';
import { lanesAndAppearance } from './0009-lanes-and-appearance.js';
import { revisions } from './0010-revisions.js';
import { providerSessions } from './0011-provider-sessions.js';

/** Never edited once landed: a change is a new migration. */
export const POSTGRES_MIGRATIONS: Migrations = {
  '0001-initial': initial,
  '0002-key-fingerprints': keyFingerprints,
  '0003-change-log': changeLog,
  '0004-used-once': usedOnce,
  '0005-identity-providers': identityProviders,
  '0006-people': people,
  '0007-machine-applications': machineApplications,
  '0008-activity': activity,
  '0009-lanes-and-appearance': lanesAndAppearance,
  '0010-revisions': revisions,
  '0011-provider-sessions': providerSessions,
};
