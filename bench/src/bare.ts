import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPeer, type Contestant } from './contestant.js';
import type { FluxoFolder } from './fluxo-folder.js';

/** Node's HTTP server and what Fluxo asks SQLite, with nothing around it, on a database that no server has open. */
export function startBare(what: 'rotation' | 'session', folder: FluxoFolder): Promise<Contestant> {
  const { data, environmentId, clientId, rawGrants, signing } = folder;
  const file = join(data, 'bare.json');
  writeFileSync(file, JSON.stringify({ data, environmentId, clientId, rawGrants, keyId: signing.id }));
  return startPeer('bare', what, file);
}
