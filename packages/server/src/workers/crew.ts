import cluster from 'node:cluster';
import type { Log } from '../http/build-app.js';
import { CrewMember } from './crew-member.js';
import { StartFailures, WorkersFailedError } from './start-failures.js';

export interface CrewOptions {
  readonly size: number;
  readonly port: number;
  readonly log: Log;
  /** Told of each worker that ended without being asked to. */
  readonly onLoss: (member: CrewMember) => void;
}

/** The workers of one primary: as many as were wanted, each replaced as soon as it ends. */
export class Crew {
  readonly size: number;
  /** Rejects when workers end as fast as they are started; never resolves. */
  readonly failed: Promise<never>;
  readonly #options: CrewOptions;
  readonly #members = new Map<number, CrewMember>();
  readonly #failures = new StartFailures();
  #giveUp: (error: Error) => void = () => undefined;
  #stopping = false;
  /** Of those that were to answer what had come, and ended before. */
  readonly #lostWhileStopping: string[] = [];

  constructor(options: CrewOptions) {
    this.#options = options;
    this.size = options.size;
    this.failed = new Promise((_resolve, reject) => {
      this.#giveUp = reject;
    });
    // Whoever waits for it hears it; it is no fault of its own where nobody does.
    this.failed.catch(() => undefined);
  }

  get members(): readonly CrewMember[] {
    return [...this.#members.values()];
  }

  isStopping(): boolean {
    return this.#stopping;
  }

  /** Resolves when every worker listens. */
  async start(): Promise<void> {
    // Each in turn, whatever NODE_CLUSTER_SCHED_POLICY says: connections that a proxy keeps open are spread evenly.
    cluster.schedulingPolicy = cluster.SCHED_RR;
    await Promise.all(Array.from({ length: this.size }, (_, index) => this.#fill(index + 1)));
  }

  /** Graceful. @throws when one of them ended before it had answered what had come */
  async stop(): Promise<void> {
    this.#stopping = true;
    const members = this.members;
    for (const member of members) member.stop();
    await Promise.all(members.map(({ gone }) => gone));
    const [lost] = this.#lostWhileStopping;
    if (lost !== undefined) throw WorkersFailedError.atStop(lost);
  }

  /** Resolves when that place has a worker that listens, be it not the first one. */
  async #fill(number: number): Promise<void> {
    const { port, log } = this.#options;
    const member = new CrewMember({ number, of: this.size, port }, () => {
      log.warn({ worker: number, pid: member.pid }, 'worker waits for the database');
    });
    this.#members.set(number, member);
    log.info({ worker: number, pid: member.pid }, 'worker started');
    const successor = member.gone.then((how) => this.#replace(member, how));
    await Promise.race([member.listening, successor]);
    // Told to stop before all of them listened: nobody is told that the server does.
    if (this.#stopping) return NOBODY;
  }

  /** As #fill; never resolves where nobody takes the place. */
  async #replace(member: CrewMember, how: string): Promise<void> {
    this.#members.delete(member.number);
    const end = { worker: member.number, pid: member.pid, exit: how, listened: member.isListening };
    const text = `worker ${end.worker} (pid ${end.pid ?? 'none'}): ${how}`;
    const { log, onLoss } = this.#options;
    if (this.#stopping) {
      if (member.isListening && how !== STOPPED) this.#lostWhileStopping.push(text);
      log.info(end, 'worker stopped');
      return NOBODY;
    }
    log.error(end, 'worker lost');
    onLoss(member);
    if (!member.isListening && this.#failures.note(performance.now())) {
      this.#giveUp(WorkersFailedError.atStart(text));
      return NOBODY;
    }
    await this.#fill(member.number);
  }
}

const STOPPED = 'exit code 0';
const NOBODY = new Promise<never>(() => undefined);
