import type { SeededRandom } from './random.js';
import type { SocketAnswer } from './keep-alive-socket.js';

const KEPT = 64;
const KINDS = {
  code: /[?&]code=(fxc[0-9A-Za-z]+)/g,
  session: /"access_token":"(fxs[0-9A-Za-z]+)"/g,
  refresh: /"refresh_token":"(fxr[0-9A-Za-z]+)"/g,
  flow: /name="flow"[^>]*value="(fxf[0-9A-Za-z]+)"/g,
  cookie: /set-cookie: *(fluxo-[a-z]+=[0-9A-Za-z]+)/gi,
} as const;
type Kind = keyof typeof KINDS;

/** What answers gave out goes back in: so requests reach further than any grammar of their own could. */
export class Harvest {
  readonly #kept = new Map<Kind, string[]>();
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  take({ head, body }: SocketAnswer): void {
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const text = kind === 'code' || kind === 'cookie' ? head : body;
      for (const match of text.matchAll(KINDS[kind])) this.#keep(kind, match[1] ?? '');
    }
  }

  /** One that was given out, or what looks like one. */
  give(kind: Kind): string {
    const kept = this.#kept.get(kind);
    return kept === undefined ? `fx${kind}0123456789` : this.#random.pick(kept);
  }

  #keep(kind: Kind, value: string): void {
    const kept = this.#kept.get(kind) ?? [];
    if (kept.length < KEPT) kept.push(value);
    else kept[this.#random.below(KEPT)] = value;
    this.#kept.set(kind, kept);
  }
}
