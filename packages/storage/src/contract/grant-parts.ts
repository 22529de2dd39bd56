import type { Application, AuthorizationGoal, User } from '@fluxo/core';

export interface GrantParts {
  readonly user: User;
  readonly application: Application;
  readonly goal: Partial<AuthorizationGoal>;
}
