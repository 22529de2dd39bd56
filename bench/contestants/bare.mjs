// What a request takes at least: Node's own HTTP server, what Fluxo asks SQLite, and a constant answer. Nobody is proven,
// nothing is read, derived, logged or counted. `node bare.mjs rotation|session JOB`, the job being a file.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { newOrderedId, systemClock, systemRandom } from '@fluxo/core';
import { openStorage } from '@fluxo/storage';
import { answerConstant, listen, whenRead } from './constant-answer.mjs';

const [what, file] = process.argv.slice(2);
const { data, environmentId, clientId, keyId, rawGrants } = JSON.parse(readFileSync(file, 'utf8'));
const essentials = { clock: systemClock, random: systemRandom };
const storage = await openStorage({ folder: data, databaseUrl: undefined, essentials, role: 'server' });
const { grants, sessions } = storage.forEnvironment(environmentId);

const chain = rawGrants.map(({ id, generation, digest }) => ({
  ...{ id, generation },
  digest: Buffer.from(digest, 'hex'),
}));
/** Any will do, for nobody presents what they are of. */
const digests = Array.from({ length: 64 }, () => Buffer.from(systemRandom.bytes(32)));
const policy = { rotation: true, absoluteDays: null, inactivityDays: null };
let count = 0;

async function rotate() {
  const grant = chain[count % chain.length];
  const digest = digests[(count += 1) % digests.length];
  const session = { id: newOrderedId(essentials), digest, idleTimeoutMs: 28_800_000 };
  const outcome = await grants.rotateRefreshToken({
    ...{ grantId: grant.id, clientId, session, policy, kind: 'web', now: Date.now() },
    presented: { generation: grant.generation, digest: grant.digest },
    successor: { digest, keyId },
  });
  if (outcome.kind !== 'refreshed') throw new Error(`Not rotated: ${JSON.stringify(outcome)}`);
  Object.assign(grant, { generation: grant.generation + 1, digest });
  return session.id;
}

const sessionId = await rotate();
async function check() {
  if ((await sessions.find(sessionId)) === undefined) throw new Error('The session is gone.');
}

const work = what === 'rotation' ? rotate : check;
/** As in Fluxo, answers go out together: of one commit, or of one turn of the event loop. */
const soon = what === 'rotation' ? process.nextTick : setImmediate;
let held = [];
function hold(response) {
  if (held.push(response) > 1) return;
  soon(() => {
    const all = held;
    held = [];
    all.forEach(answerConstant);
  });
}

listen(createServer((request, response) => whenRead(request, () => void work().then(() => hold(response)))));
