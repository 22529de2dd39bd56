import { InputError } from '@fluxo/core';
import type { Command } from 'commander';
import type { Io } from './io.js';
import { formatForPeople, formatJson, type Result } from './output.js';
import { openTool, type Tool } from './tool.js';

export interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
}

export interface Invocation<Arguments extends readonly string[], Options> {
  readonly args: Arguments;
  readonly options: Options;
  /** Whether a program reads what is written. */
  readonly json: boolean;
}

type Work<Arguments extends readonly string[], Options> = (
  tool: Tool,
  invocation: Invocation<Arguments, Options>,
) => Promise<Result>;

/** Turns a command's work into what commander calls: opens the storage, prints the result, closes in any case. */
export class CommandLine {
  readonly #io: Io;
  /** Of the command that ran. */
  exitCode = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  /** @param access whether the command may make a data directory that isn't there */
  run<Arguments extends readonly string[], Options = object>(
    work: Work<Arguments, Options>,
    access: { readonly mayCreate: boolean } = { mayCreate: false },
  ): (...received: unknown[]) => Promise<void> {
    return async (...received) => {
      // commander hands over the arguments, the options, and last the command, which has them all.
      const command = received.at(-1) as Command;
      const { data, json } = command.optsWithGlobals<GlobalOptions>();
      const tool = await openTool({ data, ...access }, this.#io);
      try {
        const args = command.args as readonly string[] as Arguments;
        const result = await work(tool, { args, options: command.opts() as Options, json: json === true });
        this.#io.out(json === true ? formatJson(result) : formatForPeople(result));
        this.exitCode = result.exitCode ?? 0;
        if (result.failure !== undefined) throw new InputError('result', result.failure);
      } finally {
        await tool.storage.close();
      }
    };
  }
}
