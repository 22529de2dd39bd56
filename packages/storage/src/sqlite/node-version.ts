/** This Node.js ends the process in garbage collection when better-sqlite3 12 runs in it. */
export class AbortingNodeError extends Error {
  constructor(version: string) {
    super(
      `Node.js ${version} ends a process that uses SQLite in the middle of its work: from 24.19 on, garbage collection ` +
        'aborts in better-sqlite3 12. Use Node.js 24.18, or 20.19 or later of the 20 line. ' +
        'Modules that were compiled meanwhile have to be installed again.',
    );
    this.name = 'AbortingNodeError';
  }
}

/** docs/adr/0010-node-versions.md; `scripts/install.mjs` asks the same before anything is built. */
function abortsInCollection(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 24 && minor >= 19;
}

/** Before the first statement: better not to start than to die with an answer on its way. @throws AbortingNodeError */
export function refuseAbortingNode(version: string = process.versions.node): void {
  if (abortsInCollection(version)) throw new AbortingNodeError(version);
}
