/** What the command line has from its process. */
export interface Io {
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly input: NodeJS.ReadStream;
  /** The result, and nothing else. */
  out(text: string): void;
  /** Errors, prompts and what a person should know beside the result. */
  note(text: string): void;
}

export function processIo(): Io {
  // Whoever reads may stop reading (`| head`): that is no failure of the command.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  return {
    settings: process.env,
    input: process.stdin,
    out: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(text),
  };
}

function ignoreClosedPipe(error: Error & { readonly code?: string }): void {
  if (error.code !== 'EPIPE') throw error;
}
