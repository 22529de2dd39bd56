import { createHmac } from 'node:crypto';
import type { HttpAnswer } from './tenant.js';
import { hiddenValueOf, type Visitor } from './visitor.js';

const STEP_MS = 30_000;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A person's authenticator app, written from RFC 6238 alone, so that it checks the server's library too. */
export class Authenticator {
  readonly #seed: Buffer;
  readonly #now: () => number;

  /** @param secret as the page shows it for typing */
  constructor(secret: string, now: () => number) {
    const letters = secret.replaceAll(/\s/g, '');
    const bits = Array.from(letters, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join(
      '',
    );
    this.#seed = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    this.#now = now;
  }

  /** @param steps from the current one */
  code(steps = 0): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(this.#now() / STEP_MS) + steps));
    const mac = createHmac('sha1', this.#seed).update(counter).digest();
    const offset = mac.readUInt8(19) & 0x0f;
    return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }

  /** Six digits that are no code of now, nor of the steps around it. */
  wrongCode(): string {
    const right = [-1, 0, 1].map((steps) => this.code(steps));
    return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '';
  }
}

export interface SecondFactorOfPerson {
  readonly app: Authenticator;
  readonly recoveryCodes: readonly string[];
}

/** A signed-in person sets up a second factor on the account page. */
export async function setUpSecondFactor(visitor: Visitor): Promise<SecondFactorOfPerson> {
  const page = await visitor.get('/account/second-factor/set-up');
  const app = appFrom(page, visitor);
  const done = await visitor.post('/account/second-factor/set-up', {
    form_token: hiddenValueOf(page, 'form_token'),
    setup: hiddenValueOf(page, 'setup'),
    code: app.code(),
  });
  // The code that confirmed it is used: the next sign-in is with the next one.
  visitor.tenant.fluxo.clock.advance(STEP_MS);
  return { app, recoveryCodes: recoveryCodesOf(done) };
}

/** At the second step of a sign-in. */
export function giveCode(visitor: Visitor, flow: string, code: string): Promise<HttpAnswer> {
  return visitor.post('/sign-in/second-factor', { flow, code });
}

/** The app, after it has scanned or been told what the page shows. */
export function appFrom(page: HttpAnswer, visitor: Visitor): Authenticator {
  const secret = /class="secret"><code>([A-Z2-7 ]+)</.exec(page.body)?.[1];
  if (secret === undefined)
    throw new Error(`No secret on this page: ${page.status} ${page.body.slice(0, 200)}`);
  return new Authenticator(secret, visitor.tenant.fluxo.clock.now);
}

export function recoveryCodesOf(page: HttpAnswer): readonly string[] {
  const codes = [...page.body.matchAll(/<li><code>([0-9a-z-]{19})<\/code>/g)].map((match) => match[1] ?? '');
  if (codes.length === 0) throw new Error(`No recovery codes: ${page.status} ${page.body.slice(0, 300)}`);
  return codes;
}
