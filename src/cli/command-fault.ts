export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
/** The command line itself is wrong. */
export const EXIT_USAGE = 2;

/** What the person at the terminal can mend. Its message is all they see: whole sentences, never a stack. */
export class CommandFault extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT_FAILED,
  ) {
    super(message);
  }
}
