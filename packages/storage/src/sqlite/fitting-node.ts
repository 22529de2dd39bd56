/** This Node would die in the middle of work; the message says which to take instead. */
export class UnfitNodeError extends Error {
  constructor(version: string) {
    super(
      `Node.js ${version} can't keep data in SQLite: from 24.19 on, Node 24 ends better-sqlite3 12 in garbage collection. ` +
        'Use Node.js 20 (20.19 or later), 22, or 24.18; or PostgreSQL (FLUXO_DATABASE_URL).',
    );
    this.name = 'UnfitNodeError';
  }
}

/**
 * Node 24.19 asks for an environment where there is none when it collects a statement of better-sqlite3 12, and
 * ends the process. better-sqlite3 13 is free of it and needs Node 22. docs/adr/0010-node-24.md. @throws UnfitNodeError
 */
export function requireFittingNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 24 && minor >= 19) throw new UnfitNodeError(version);
}
