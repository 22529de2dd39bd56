import type { LimitNode, OffsetNode } from 'kysely';
import { SqliteQueryCompiler } from '../kysely.js';

/**
 * SQLite reads the value of a parameter that stands alone after LIMIT into its plan, and so prepares the statement
 * again whenever one is bound, at several times the cost of carrying it out. In an expression it is a value like any other.
 */
export class LimitsPlannedOnce extends SqliteQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    this.append('limit cast(');
    this.visitNode(limit);
    this.append(' as integer)');
  }

  protected override visitOffset({ offset }: OffsetNode): void {
    this.append('offset cast(');
    this.visitNode(offset);
    this.append(' as integer)');
  }
}
