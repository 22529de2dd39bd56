import { beforeAll, afterAll, describe } from 'vitest';
import { describeActing } from './acting.contract.js';
import { describeApplicationKeys } from './application-keys.contract.js';
import { describeApplications } from './applications.contract.js';
import { describeAudit } from './audit.contract.js';
import { describeAuditSeals } from './audit-seals.contract.js';
import { describeAuthorize } from './authorize.contract.js';
import { ContractHouse, type OpenStorage } from './contract-house.js';
import { describeCopiedApplications } from './copied-applications.contract.js';
import { describeEnvironments } from './environments.contract.js';
import { describeExpiry } from './expiry.contract.js';
import { describeFlows } from './flows.contract.js';
import { describeIdentityProviders } from './identity-providers.contract.js';
import { describeIsolation } from './isolation.contract.js';
import { describeKeys } from './keys.contract.js';
import { describeLanes } from './lanes.contract.js';
import { describeOperatorKeys } from './operator-keys.contract.js';
import { describeOverview } from './overview.contract.js';
import { describePasswordLinks } from './password-links.contract.js';
import { describePlannedApplications } from './plan-applications.contract.js';
import { describeProviderSessions } from './provider-sessions.contract.js';
import { describeProjects } from './projects.contract.js';
import { describePurge } from './purge.contract.js';
import { describeRedeem } from './redeem.contract.js';
import { describeReplay } from './replay.contract.js';
import { describeRevoke } from './revoke.contract.js';
import { describeRotate } from './rotate.contract.js';
import { describeSecondFactors } from './second-factors.contract.js';
import { describeSessions } from './sessions.contract.js';
import { describeSuccessorSession } from './successor-session.contract.js';
import { describeThrottle } from './throttle.contract.js';
import { describeUsage } from './usage.contract.js';
import { describeUsers } from './users.contract.js';
import { describeWayIn } from './way-in.contract.js';

const TOPICS = [
  describeEnvironments,
  describeUsers,
  describeApplications,
  describeApplicationKeys,
  describeFlows,
  describeAuthorize,
  describeRedeem,
  describeRotate,
  describeExpiry,
  describeSuccessorSession,
  describeRevoke,
  describeSessions,
  describeProviderSessions,
  describeUsage,
  describeSecondFactors,
  describePasswordLinks,
  describeThrottle,
  describeReplay,
  describeIdentityProviders,
  describeWayIn,
  describeIsolation,
  describeOverview,
  describeProjects,
  describePurge,
  describeKeys,
  describeActing,
  describeAudit,
  describeAuditSeals,
  describeLanes,
  describeCopiedApplications,
  describePlannedApplications,
  describeOperatorKeys,
];

/** What every driver promises to core, on a real database: `open` is called once, with the suite's own clock. */
export function describeStorageContract(name: string, open: OpenStorage): void {
  describe(`${name} keeps the storage contract`, () => {
    const house = new ContractHouse();
    beforeAll(() => house.open(open));
    afterAll(() => house.storage.close());
    for (const describeTopic of TOPICS) describeTopic(house);
  });
}
