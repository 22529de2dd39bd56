import { InputError, parseId } from '@fluxo/core';
import { InvalidArgumentError, Option } from 'commander';
import { MAX_WORKERS, parseWorkers } from '../workers/worker-number.js';
import { UsageError } from './failure.js';

/** `on` or `off`, as a truth value. */
export function switchOption(flags: string, description: string): Option {
  return new Option(`${flags} <on|off>`, description).argParser((text) => {
    if (text === 'on' || text === 'off') return text === 'on';
    throw new InvalidArgumentError('Write on or off.');
  });
}

export type Language = 'en' | 'pt-BR';

/** A user's row knows no language: whoever invites does. */
export function languageOption(): Option {
  return new Option('--language <TAG>', 'of the message').choices(['en', 'pt-BR']).default('en');
}

/** A whole number, or `none` as it is: commander would take a null for an option without a value. */
export function daysOption(flags: string, description: string): Option {
  return new Option(`${flags} <N|none>`, description).argParser((text) =>
    text === 'none' ? text : parseWholeNumber(text),
  );
}

export function parseWholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number.');
}

export function parsePort(text: string): number {
  const port = parseWholeNumber(text);
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Write a port from 0 to 65535.');
}

/** Checked here, as wrong usage, and taken as a setting like FLUXO_WORKERS. */
export function parseWorkersOption(text: string): string {
  if (parseWorkers(text) !== undefined) return text;
  throw new InvalidArgumentError(`Write a number of workers from 1 to ${MAX_WORKERS}, or auto.`);
}

/** @throws InputError when the text can't be such an identifier */
export function requireId<I extends NonNullable<ReturnType<typeof parseId>>>(what: string, text: string): I {
  const id = parseId<I>(text);
  if (id !== undefined) return id;
  throw new InputError(what, `"${text}" is not a ${what}: it has 32 characters, 0 to 9 and a to f.`);
}

/** What was given of several options; an update of nothing is a mistake of the person who typed it. */
export function requireSomeChange(options: object): void {
  if (Object.keys(options).length === 0) {
    throw new UsageError('Nothing to change: name at least one option; --help lists them.');
  }
}
