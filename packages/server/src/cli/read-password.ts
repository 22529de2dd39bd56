import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { InputError } from '@fluxo/core';
import type { Io } from './io.js';

/** Far above what a password may have: enough to tell "too long" from a file that was piped by mistake. */
const MOST_BYTES = 64 * 1024;

/**
 * From `FLUXO_PASSWORD`, from a person who types it unseen, or from standard input. Never from a flag:
 * flags stand in the process list and in the shell's history. @throws InputError
 */
export function readPassword(io: Io): Promise<string> {
  return readSecretText({ variable: 'FLUXO_PASSWORD', what: 'password' }, io);
}

/** The same for any secret. @throws InputError */
export async function readSecretText({ variable, what }: SecretText, io: Io): Promise<string> {
  const set = io.settings[variable];
  if (set !== undefined && set !== '') return set;
  return io.input.isTTY ? askTwice(what, io) : readPiped({ variable, what }, io);
}

interface SecretText {
  /** The setting that may have it. */
  readonly variable: string;
  /** As people call it. */
  readonly what: 'password' | 'client secret';
}

async function readPiped({ variable, what }: SecretText, { input }: Io): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > MOST_BYTES) break;
  }
  const password = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (password === '') {
    throw new InputError(
      what,
      `No ${what} came: set ${variable}, or write it to standard input, for example: fluxo … < ${what.replace(' ', '-')}-file`,
    );
  }
  if (/[\r\n]/.test(password)) throw new InputError(what, `The ${what} must be one line.`);
  return password;
}

/** A slip of the finger in what nobody sees would lock the person out. */
async function askTwice(what: SecretText['what'], io: Io): Promise<string> {
  const password = await askUnseen(`${what.replace(/^./, (letter) => letter.toUpperCase())}: `, io);
  if ((await askUnseen('The same again: ', io)) === password) return password;
  throw new InputError(what, `The two ${what}s differ; nothing was changed.`);
}

async function askUnseen(question: string, io: Io): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.input, output: nowhere, terminal: true });
  io.note(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      // Ctrl+C and Ctrl+D: nothing is asked again, nothing is changed.
      lines.once('close', () => reject(new InputError('password', 'No password came; nothing was changed.')));
      lines.once('line', resolve);
    });
  } finally {
    lines.close();
    io.note('\n');
  }
}
