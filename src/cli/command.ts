/** What a command gets from the world around it. */
export interface Surroundings {
  readonly in: NodeJS.ReadableStream;
  /** For the result. */
  readonly out: NodeJS.WritableStream;
  /** For everything a person reads while it runs. */
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C: the command ends in order and prints what it knows. */
  readonly interrupted: AbortSignal;
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole of `winnow help <command>`. */
  readonly help: string;
  /** @returns the exit code */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}
