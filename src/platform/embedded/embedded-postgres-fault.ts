/** A failure that the operator can do something about; its message is one sentence that says what. */
export class EmbeddedPostgresFault extends Error {
  override readonly name = 'EmbeddedPostgresFault';
}

// On a read-only file system node's recursive mkdir says ENOENT.
const REFUSALS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST']);

/** Runs `work`, and turns a refusal of the file system into a fault that names `folder`; other errors pass as they are. */
export async function explainingRefusals<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined || !REFUSALS.has(code)) {
      throw error;
    }
    throw new EmbeddedPostgresFault(
      `PostgreSQL cannot keep its data in ${folder} (${code}). Choose another DATA_DIR, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** The code of a system or PostgreSQL error ("ENOENT", "57P03"), where it has one. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
