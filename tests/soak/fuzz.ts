/**
 * `fuzz.ts SECONDS-OR-0 REQUESTS SEED`: requests of every kind, right and wrong, to a server process over
 * sockets that are kept. Prints one JSON document: what was sent, what came, what was wrong.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultIn } from './check-answer.js';
import { Grammar, type Target } from './grammar.js';
import { Harvest } from './harvest.js';
import { KeepAliveSocket, type SocketAnswer } from './keep-alive-socket.js';
import { mutate } from './mutate.js';
import { SeededRandom } from './random.js';
import { USERNAMES, type FromServer, type ToServer } from './server-messages.js';
import { isHttp, serialize, targetOf } from './shot.js';
import { Walker } from './walk.js';

const SOCKETS = 24;
const SAMPLES = 40;
const RIGHT = 0.3;
const WALK = 0.002;

const [maxSeconds = 0, wanted = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'fluxo-fuzz-'));
const child = fork(join(import.meta.dirname, 'server-process.ts'), [folder], {
  // What the build made, as it ships.
  execArgv: ['--import', 'tsx', '--expose-gc'],
});

const ended = once(child, 'exit').then(() => Promise.reject(new Error('The server process ended.')));
// Somebody waits for it whenever it matters.
ended.catch(() => undefined);

async function ask(message?: ToServer): Promise<FromServer> {
  if (message !== undefined) child.send(message);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [FromServer];
  return answer;
}

const ready = await ask();
if (ready.kind !== 'ready') throw new Error('The server said something else than that it is ready.');
const target: Target = ready;
const random = new SeededRandom(seed);
const harvest = new Harvest(random);
const grammar = new Grammar(random, harvest, target);
const byStatus: Record<string, number> = {};
const faults: string[] = [];
let [sent, faultCount, walks, brokenWalks] = [0, 0, 0, 0];

function see(answer: SocketAnswer | undefined, what: string, mayHangUp = false): void {
  sent += 1;
  const status = answer === undefined ? 'hung up' : String(answer.status);
  byStatus[status] = (byStatus[status] ?? 0) + 1;
  const path = what.slice(what.indexOf(' ') + 1);
  const hungUp = mayHangUp ? undefined : 'hung up on';
  const fault = answer === undefined ? hungUp : faultIn(answer, path);
  if (answer !== undefined) harvest.take(answer);
  if (fault === undefined) return;
  faultCount += 1;
  if (faults.length < 20)
    faults.push(`${fault}: ${what.slice(0, 500)} → ${answer?.body.slice(0, 300) ?? ''}`);
}

/** From anywhere: what is counted by network doesn't stop the run. */
const anAddress = (): string => `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`;

const walker = (socket: KeepAliveSocket): Walker => new Walker(socket, target, { address: anAddress(), see });

const started = Date.now();
const over = (): boolean => sent >= wanted || (maxSeconds > 0 && Date.now() - started > maxSeconds * 1000);

async function work(): Promise<void> {
  const socket = new KeepAliveSocket(target.port);
  let person: Walker | undefined;
  while (!over()) {
    if (random.chance(WALK)) {
      walks += 1;
      try {
        if (person === undefined) {
          person = walker(socket);
          await person.signIn(random.pick(USERNAMES.slice(0, -1)));
        }
        await person.connect();
      } catch {
        // Others sign this person out or send their flow's form: then somebody new comes.
        brokenWalks += 1;
        person = undefined;
      }
      continue;
    }
    const right = grammar.next();
    right.headers.push(['x-forwarded-for', anAddress()]);
    const parts = random.chance(RIGHT) ? right : mutate(right, random);
    const host = `localhost:${target.port}`;
    const answer = await socket.send(serialize(parts, host), parts.method);
    see(answer, `${parts.method} ${targetOf(parts)}`, !isHttp(parts));
  }
  socket.close();
}

interface Sample {
  readonly sent: number;
  readonly heapMiB: number;
  readonly rssMiB: number;
  readonly errors: number;
}

async function sample(): Promise<Sample> {
  const answer = await ask('memory');
  if (answer.kind !== 'memory') throw new Error('The server did not say how much memory it takes.');
  const toMiB = (bytes: number): number => Math.round((bytes / 1_048_576) * 10) / 10;
  const { heapUsed, rss, errors } = answer;
  return { sent, heapMiB: toMiB(heapUsed), rssMiB: toMiB(rss), errors };
}

const samples: Sample[] = [];
const share = (): number =>
  Math.max(sent / wanted, maxSeconds > 0 ? (Date.now() - started) / (maxSeconds * 1000) : 0);
const all = Promise.all(Array.from({ length: SOCKETS }, () => work()));
let asking = false;
async function sampleWhenDue(): Promise<void> {
  if (asking || samples.length >= share() * SAMPLES) return;
  asking = true;
  samples.push(await sample());
  asking = false;
}

const timer = setInterval(() => void sampleWhenDue(), 250);
await all;
clearInterval(timer);
const seconds = (Date.now() - started) / 1000;
const answered = sent;

// After all of it: somebody who was left alone signs in and connects, by the same answers as ever.
const last = new KeepAliveSocket(target.port);
let wholeFlow = 'works';
try {
  const person = walker(last);
  await person.signIn(USERNAMES[2]);
  await person.connect();
} catch (error) {
  wholeFlow = error instanceof Error ? error.message : 'failed';
}
last.close();
samples.push(await sample());
child.send('close' satisfies ToServer);
const [exitCode] = (await once(child, 'exit')) as [number | null];
rmSync(folder, { recursive: true });
const counts = { requests: answered, seconds, walks, brokenWalks, byStatus };
process.stdout.write(
  `${JSON.stringify({ seed, ...counts, faultCount, faults, wholeFlow, exitCode, samples })}\n`,
);
process.exitCode = faultCount === 0 && wholeFlow === 'works' && exitCode === 0 ? 0 : 1;
