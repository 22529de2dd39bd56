import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE_NAME = 'server-port';

/**
 * Which port the server on this data directory has, for the tools beside it: an environment's origin
 * carries the port, and `--port` was said to the server alone. Stays after the server has stopped.
 */
export function notePort(folder: string, port: number): void {
  writeFileSync(join(folder, FILE_NAME), `${port}\n`, { mode: 0o600 });
}

export function notedPort(folder: string): number | undefined {
  try {
    const port = Number(readFileSync(join(folder, FILE_NAME), 'utf8').trim());
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
  } catch {
    return undefined;
  }
}
