import type { AuditEventId, EnvironmentId } from '../ids.js';
import type { KeyRing } from '../keys/key-ring.js';
import { equalDigests } from '../tokens/digest.js';
import {
  CHAIN_BEGIN,
  hashOfRow,
  macOfHead,
  nextChain,
  readEntries,
  type ChainEnd,
  type SealEntry,
} from './audit-seal.js';
import type { AuditHead, AuditSeal, AuditSealStore } from './audit-seal-store.js';
import { SealProof, type UnprovenSeals } from './seal-proof.js';

const SEALS_PER_LOOK = 8;
const IDS_PER_LOOK = 1000;

export type AuditBreakKind =
  | 'event-changed'
  | 'event-removed'
  | 'event-inserted'
  | 'seal-changed'
  | 'seal-removed'
  /** The end of the chain is not where it was left, or was left by nobody with our keys. */
  | 'head-changed'
  /** What waits for a seal has one already, or is gone. */
  | 'queue-changed'
  /** Nobody with a key that is at hand has vouched for the newest seals. */
  | 'key-missing'
  /** The seal that somebody kept elsewhere is not in this chain. */
  | 'kept-seal-missing';

/** The first thing that isn't as it was sealed. */
export interface AuditBreak {
  readonly kind: AuditBreakKind;
  readonly sequence: number | null;
  readonly eventId: AuditEventId | null;
  /** For people. */
  readonly text: string;
}

export interface AuditVerdict {
  /** Events under seals that were looked at. */
  readonly checked: number;
  /** Events that wait for their seal. */
  readonly unsealed: number;
  /** When the newest seal was made; null before there is one. */
  readonly sealedUntil: number | null;
  /** Names the end of the chain; whoever keeps it elsewhere can ask later whether it is still in it. Null: no seal yet. */
  readonly seal: string | null;
  /** Null: whole. */
  readonly broken: AuditBreak | null;
}

export interface VerifyContext {
  readonly store: AuditSealStore;
  readonly environmentId: EnvironmentId;
  readonly keyRing: KeyRing;
  /** The `seal` of an earlier verdict. */
  readonly kept?: string;
}

/** Reads the whole log in small looks, so that a server can do it beside its work. */
export async function verifyAudit(context: VerifyContext): Promise<AuditVerdict> {
  // What is sealed from here on is no part of this look.
  const { head, newestSeal, events, unsealed } = await context.store.totals();
  const walk = new Walk(context);
  const broken =
    (await walk.through(head?.sequence ?? newestSeal)) ??
    walk.judgeNote(head) ??
    (head === null ? null : walk.judgeHead(head)) ??
    (await walk.judgeCount(events - unsealed)) ??
    walk.judgeKept();
  const { end, checked, sealedUntil } = walk;
  return { checked, unsealed, sealedUntil, seal: end.sequence === 0 ? null : nameOf(end), broken };
}

function nameOf({ sequence, chain }: ChainEnd): string {
  return `${sequence}-${Buffer.from(chain).toString('hex').slice(0, 32)}`;
}

function explain({ from, to, keyId }: UnprovenSeals): string {
  const which = to === null ? `Seals from ${from} on` : `The seals ${from} to ${to}`;
  const hope =
    to === null
      ? 'A server that starts with its keys carries the chain on.'
      : 'It was retired without being at hand. With the key among the others they can still be proven.';
  return `${which} were made with the key ${keyId}, which is not here, and no key that is here vouches for them. ${hope}`;
}

class Walk {
  end: ChainEnd = CHAIN_BEGIN;
  checked = 0;
  sealedUntil: number | null = null;
  readonly #context: VerifyContext;
  readonly #proof: SealProof;
  #sawKept = false;

  constructor(context: VerifyContext) {
    this.#context = context;
    this.#proof = new SealProof(context.keyRing);
  }

  async through(upTo: number): Promise<AuditBreak | null> {
    for (;;) {
      const range = { after: this.end.sequence, upTo, limit: SEALS_PER_LOOK };
      const seals = await this.#context.store.seals(range);
      for (const seal of seals) {
        const broken = await this.#step(seal);
        if (broken !== null) return broken;
      }
      if (seals.length < SEALS_PER_LOOK) return null;
    }
  }

  judgeNote(head: AuditHead | null): AuditBreak | null {
    if (head !== null || this.end.sequence === 0) return null;
    return this.#broken('head-changed', 'The note of where the chain ends was removed.');
  }

  /** @param head of the same look as the totals: what was sealed meanwhile comes after it */
  judgeHead(head: AuditHead): AuditBreak | null {
    if (this.end.sequence < head.sequence) {
      const [first, last] = [this.end.sequence + 1, head.sequence];
      const which =
        first === last ? `The newest seal (${last}) was` : `The newest seals (${first} to ${last}) were`;
      return this.#broken('seal-removed', `${which} removed.`, { sequence: first });
    }
    const key = this.#context.keyRing.find(head.keyId);
    const isOurs =
      key === undefined || equalDigests(macOfHead(key, head, this.#context.environmentId), head.mac);
    if (!isOurs || !this.#endsIn(head)) {
      return this.#broken('head-changed', 'The note of where the chain ends was changed.');
    }
    const { unproven } = this.#proof;
    return unproven && this.#broken('key-missing', explain(unproven), { sequence: unproven.from });
  }

  async judgeCount(settled: number): Promise<AuditBreak | null> {
    if (settled === this.checked) return null;
    const sealed = await this.#sealedIds();
    const inserted = await this.#findInserted(sealed);
    if (inserted !== undefined) {
      const text = `The event ${inserted} stands under no seal and waits for none: it was inserted.`;
      return this.#broken('event-inserted', text, { eventId: inserted });
    }
    return this.#broken(
      'queue-changed',
      'An event was removed before it had a seal, or was put back to be sealed again.',
    );
  }

  judgeKept(): AuditBreak | null {
    const { kept } = this.#context;
    if (kept === undefined || this.#sawKept) return null;
    return this.#broken(
      'kept-seal-missing',
      `The seal ${kept} is not in this log: it was made anew, or is older.`,
    );
  }

  async #step(seal: AuditSeal): Promise<AuditBreak | null> {
    const { environmentId, kept } = this.#context;
    const { sequence } = seal;
    if (sequence !== this.end.sequence + 1) {
      const missing = this.end.sequence + 1;
      return this.#broken('seal-removed', `The seal ${missing} was removed.`, { sequence: missing });
    }
    const entries = readEntries(seal);
    const chain = nextChain(seal, this.end, environmentId);
    if (entries === undefined || !equalDigests(chain, seal.chain) || !this.#proof.pass(seal, chain)) {
      return this.#broken('seal-changed', `The seal ${sequence} was changed, or one before it.`, {
        sequence,
      });
    }
    const broken = await this.#checkRows(entries, sequence);
    if (broken !== null) return broken;
    this.end = { sequence, chain };
    this.sealedUntil = seal.sealedAt;
    this.#sawKept ||= kept === nameOf(this.end);
    return null;
  }

  async #checkRows(entries: readonly SealEntry[], sequence: number): Promise<AuditBreak | null> {
    const rows = await this.#context.store.rows(entries.map(({ id }) => id));
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { id, hash } of entries) {
      const row = byId.get(id);
      const place = { sequence, eventId: id };
      if (row === undefined) return this.#broken('event-removed', `The event ${id} was removed.`, place);
      if (!equalDigests(hashOfRow(row), hash)) {
        return this.#broken('event-changed', `The event ${id} was changed.`, place);
      }
      this.checked += 1;
    }
    return null;
  }

  #endsIn({ sequence, chain }: AuditHead): boolean {
    return sequence === this.end.sequence && equalDigests(chain, this.end.chain);
  }

  /** Only where something is wrong: all identifiers at once. */
  async #sealedIds(): Promise<ReadonlySet<AuditEventId>> {
    const ids = new Set<AuditEventId>();
    let after = 0;
    for (;;) {
      const range = { after, upTo: this.end.sequence, limit: SEALS_PER_LOOK };
      const seals = await this.#context.store.seals(range);
      for (const seal of seals) {
        for (const { id } of readEntries(seal) ?? []) ids.add(id);
        after = seal.sequence;
      }
      if (seals.length < SEALS_PER_LOOK) return ids;
    }
  }

  async #findInserted(sealed: ReadonlySet<AuditEventId>): Promise<AuditEventId | undefined> {
    let after: AuditEventId | undefined;
    for (;;) {
      const ids = await this.#context.store.settledIds(after, IDS_PER_LOOK);
      const found = ids.find((id) => !sealed.has(id));
      if (found !== undefined) return found;
      if (ids.length < IDS_PER_LOOK) return undefined;
      after = ids.at(-1);
    }
  }

  #broken(
    kind: AuditBreakKind,
    text: string,
    at: { readonly sequence?: number; readonly eventId?: AuditEventId } = {},
  ): AuditBreak {
    return { kind, text, sequence: at.sequence ?? null, eventId: at.eventId ?? null };
  }
}
