import { InputError, KeyRingRefusedError, UnavailableError } from '@fluxo/core';
import { CommanderError } from 'commander';
import { ConfigError } from '../config.js';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/** Faults whose message was written for the person at the shell. Those of storage go by name: it isn't loaded yet. */
const TOLD_AS_THEY_ARE: ReadonlySet<string> = new Set([
  'AbortingNodeError',
  'AlreadyServedError',
  'BackupError',
  'BrokenChainError',
  'DatabaseSetupError',
  'NewerSchemaError',
  'WorkersFailedError',
]);

/** What commander can't see: each part of the command line is right, and together they say nothing. */
export class UsageError extends Error {}

/** @returns the exit code: 1 when it couldn't be done, 2 when the command line itself is wrong */
export function reportFailure(error: unknown, note: (text: string) => void): number {
  // commander has said it already: help, version, or what is wrong with the command line.
  if (error instanceof CommanderError) return error.exitCode === DONE ? DONE : WRONG_USAGE;
  note(`error: ${explain(error)}\n`);
  return error instanceof UsageError ? WRONG_USAGE : FAILED;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const told =
    error instanceof UsageError ||
    error instanceof InputError ||
    error instanceof ConfigError ||
    error instanceof KeyRingRefusedError ||
    error instanceof UnavailableError ||
    TOLD_AS_THEY_ARE.has(error.name);
  if (told) return error.message;
  return explainSystemError(error) ?? `Something unforeseen happened.\n${error.stack ?? error.message}`;
}

function explainSystemError(
  error: Error & { readonly code?: unknown; readonly syscall?: unknown },
): string | undefined {
  const { code, syscall, message } = error;
  if (typeof code !== 'string') return undefined;
  if (syscall === 'listen') return explainListen(code, error);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return `The database is damaged (${message}). Put a backup in its place: fluxo restore <file> --replace`;
  }
  if (code.startsWith('SQLITE_')) return `The database could not be used: ${message}.`;
  return typeof syscall === 'string' ? `The operating system refused: ${message}.` : undefined;
}

function explainListen(
  code: string,
  { address, port, message }: Error & { readonly address?: unknown; readonly port?: unknown },
): string {
  const place = `${String(address)} port ${String(port)}`;
  switch (code) {
    case 'EADDRINUSE':
      return `Something else listens on ${place} already. Stop it, or choose another port with --port.`;
    case 'EACCES':
      return `This user may not listen on ${place}. Choose a port from 1024 on with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${String(address)}. Choose another with --host.`;
    default:
      return `Listening failed: ${message}.`;
  }
}
