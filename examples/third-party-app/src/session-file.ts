import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { PendingAuthorization, Tokens } from '@fluxo/client';

/** What Lapis knows about one browser. */
export interface PlannerSession {
  readonly startedAt: number;
  /** Names the organization, by this application's identifier there; undefined: the first one. */
  readonly clientId?: string | undefined;
  /** Set from *Connect* until the callback. */
  readonly pending?: PendingAuthorization;
  readonly tokens?: Tokens;
  readonly domain?: string | undefined;
  readonly lane?: string | undefined;
}

type Sessions = ReadonlyMap<string, PlannerSession>;

/** How long a browser that never connected is remembered, in milliseconds. */
const UNCONNECTED_MS = 60 * 60 * 1_000;

/**
 * The sessions of all browsers in one JSON file, so that a restart keeps every connection. Enough for an example; a
 * real application has a database, encrypted at rest, for there are tokens in it.
 */
export class SessionFile {
  readonly #path: string;
  #sessions: Sessions;
  #lastChange: Promise<void> = Promise.resolve();

  private constructor(path: string, sessions: Sessions) {
    this.#path = path;
    this.#sessions = sessions;
  }

  static async open(dataDir: string): Promise<SessionFile> {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const path = join(dataDir, 'planner-sessions.json');
    return new SessionFile(path, await readSessions(path));
  }

  get(id: string): PlannerSession | undefined {
    return this.#sessions.get(id);
  }

  put(id: string, session: PlannerSession): Promise<void> {
    return this.#change((sessions) => sessions.set(id, session));
  }

  /** Changes a session that exists. One that is gone stays gone, and whoever relied on it hears of it. */
  update(id: string, change: (session: PlannerSession) => PlannerSession): Promise<void> {
    return this.#change((sessions) => {
      const session = sessions.get(id);
      if (session === undefined) throw new Error('This browser session has ended.');
      sessions.set(id, change(session));
    });
  }

  /** Removes a session and returns it; of two that try, one gets it. */
  async take(id: string): Promise<PlannerSession | undefined> {
    let taken: PlannerSession | undefined;
    await this.#change((sessions) => {
      taken = sessions.get(id);
      sessions.delete(id);
    });
    return taken;
  }

  /** Resolves when everything asked for so far is on the disk. */
  settled(): Promise<void> {
    return this.#lastChange;
  }

  /** One change after the other. The disk comes first: what couldn't be written didn't happen. */
  #change(change: (sessions: Map<string, PlannerSession>) => unknown): Promise<void> {
    const done = this.#lastChange.then(async () => {
      const forgottenBefore = Date.now() - UNCONNECTED_MS;
      const kept = [...this.#sessions].filter(
        ([, { tokens, startedAt }]) => tokens !== undefined || startedAt > forgottenBefore,
      );
      const sessions = new Map(kept);
      change(sessions);
      await writeWhole(this.#path, JSON.stringify(Object.fromEntries(sessions), undefined, 2));
      this.#sessions = sessions;
    });
    this.#lastChange = done.catch(() => undefined);
    return done;
  }
}

async function readSessions(path: string): Promise<Sessions> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
  try {
    // Written by this program alone (mode 0600), so its shape is taken for granted.
    return new Map(Object.entries(JSON.parse(text) as Record<string, PlannerSession>));
  } catch {
    // Not the parser's own message: it quotes the text, and the text has tokens in it.
    throw new Error(`${path} is not JSON. Move it away; everybody then has to connect again.`);
  }
}

/** A new file in the place of the old one: a crash leaves one or the other, never half of each. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    // Before the rename, so that the tokens are on the disk when Lapis starts to use them.
    await file.sync();
  } finally {
    await file.close();
  }
  // A draft left by a crash keeps the mode it was made with.
  await chmod(draft, 0o600);
  await rename(draft, path);
}
