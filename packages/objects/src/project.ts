declare const name: unique symbol;
export type ProjectId = string & { readonly [name]: 'project' };

/** `PROJ` of the object API. Times are epoch milliseconds. */
export interface Project {
  readonly id: ProjectId;
  readonly name: string;
  /** `CUR` current, `PLN` planning, `CPL` complete, … */
  readonly status: string;
  /** 0 to 100. */
  readonly percentComplete: number;
  /** 0 none, 1 low, 2 normal, 3 high, 4 urgent. */
  readonly priority: number;
  readonly plannedStartDate: number | null;
  readonly plannedCompletionDate: number | null;
}

/** A condition: the column equals the value. */
export interface ProjectFilter {
  readonly column: keyof Project;
  readonly value: string | number;
}

export interface ProjectSearch {
  readonly filters: readonly ProjectFilter[];
  /** How many to leave out at the beginning. */
  readonly first: number;
  readonly limit: number;
}

/** Bound to one environment. */
export interface ProjectStore {
  /** Ordered by name, then identifier. */
  search(search: ProjectSearch): Promise<readonly Project[]>;
  find(id: ProjectId): Promise<Project | undefined>;
  /** One transaction: all or none. */
  add(projects: readonly Project[]): Promise<void>;
}
