import { Command } from 'commander';
import { addApplicationCommands } from './application-commands.js';
import { addAuditCommands } from './audit-commands.js';
import { CommandLine } from './command-line.js';
import { addDatabaseCommands } from './database-commands.js';
import { addEnvironmentCommands } from './environment-commands.js';
import { reportFailure } from './failure.js';
import { addGrantCommands } from './grant-commands.js';
import { addIdentityProviderCommands } from './identity-provider-commands.js';
import type { Io } from './io.js';
import { addKeyCommands } from './key-commands.js';
import { addLaneCommands } from './lane-commands.js';
import { addOperatorKeyCommands } from './operator-key-commands.js';
import { addServeCommand } from './serve-command.js';
import { readVersion } from '../version.js';
import { addUserCommands } from './user-commands.js';

const EXAMPLES = `
Examples:
  fluxo serve --port 3000
  fluxo environment create acme.my --name "Acme"
  fluxo user create acme.my ana@acme.example --name "Ana Souza"        (asks for the password)
  fluxo application create acme.my --kind web --name "Reports" --redirect-url https://reports.example/callback
  fluxo grant list acme.my --user ana@acme.example --json

Settings come from the environment (PORT, HOST, FLUXO_DATA, FLUXO_BASE_DOMAIN, …).
Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong.`;

/** @returns the exit code */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  try {
    const commandLine = new CommandLine(io);
    await createProgram(io, commandLine).parseAsync([...args], { from: 'user' });
    return commandLine.exitCode;
  } catch (error) {
    return reportFailure(error, (text) => io.note(text));
  }
}

function createProgram(io: Io, commandLine: CommandLine): Command {
  const program = new Command('fluxo')
    .description('Fluxo, an OAuth 2 authorization server: start it, and manage what it knows.')
    .version(readVersion(), '--version', 'print the version')
    // Known to the program itself, so they may stand before and after a command.
    .option('--data <DIR>', 'the data directory (FLUXO_DATA, else ./data)')
    .option('--json', 'print one JSON document and nothing else')
    .helpOption('--help', 'print this help')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.note(text) })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  addServeCommand(program, io);
  addEnvironmentCommands(program, commandLine);
  addUserCommands(program, commandLine);
  addApplicationCommands(program, commandLine);
  addGrantCommands(program, commandLine);
  addIdentityProviderCommands(program, commandLine);
  addAuditCommands(program, commandLine);
  addLaneCommands(program, commandLine);
  addKeyCommands(program, commandLine);
  addOperatorKeyCommands(program, commandLine);
  addDatabaseCommands(program, io);
  return program;
}
