import { ADMIN_MUTANTS } from './admin.mutants.js';
import { AUDIT_MUTANTS } from './audit.mutants.js';
import { CLIENT_MUTANTS } from './clients.mutants.js';
import { ENVIRONMENT_MUTANTS } from './environments.mutants.js';
import { FAULT_MUTANTS } from './faults.mutants.js';
import { IDENTITY_MUTANTS } from './identity.mutants.js';
import { JWT_MUTANTS } from './jwt.mutants.js';
import type { Mutant, NotMutable } from './mutant.js';
import { GUESSING_MUTANTS, PASSWORD_LINK_MUTANTS } from './password-links.mutants.js';
import { PEOPLE_MUTANTS } from './people.mutants.js';
import { REDIRECT_MUTANTS } from './redirects.mutants.js';
import { SECOND_FACTOR_MUTANTS } from './second-factor.mutants.js';
import { SIGN_OUT_MUTANTS } from './sign-out.mutants.js';
import { SSO_MUTANTS } from './sso.mutants.js';
import { TOKEN_MUTANTS } from './tokens.mutants.js';

export const ALL_MUTANTS: readonly Mutant[] = [
  ...REDIRECT_MUTANTS,
  ...TOKEN_MUTANTS,
  ...CLIENT_MUTANTS,
  ...PEOPLE_MUTANTS,
  ...SECOND_FACTOR_MUTANTS,
  ...PASSWORD_LINK_MUTANTS,
  ...GUESSING_MUTANTS,
  ...ENVIRONMENT_MUTANTS,
  ...FAULT_MUTANTS,
  ...SSO_MUTANTS,
  ...SIGN_OUT_MUTANTS,
  ...IDENTITY_MUTANTS,
  ...JWT_MUTANTS,
  ...ADMIN_MUTANTS,
  ...AUDIT_MUTANTS,
];

export const NOT_MUTABLE: readonly NotMutable[] = [
  {
    row: 50,
    reason: 'Its tests read the sources from the disk, and a mutant changes only what is loaded from them.',
  },
];
