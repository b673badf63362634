/** Bad data (SQLSTATE class 22), a broken constraint (23), or a fight over locks (40): one row can be to blame. */
const ROW_FAULT = /^(22|23|40)/;

/** Whether the other rows of a batch deserve another try without the one that is to blame. */
export function isRowFault(error: unknown): boolean {
  return ROW_FAULT.test(sqlState(error));
}

export function isDeadlock(error: unknown): boolean {
  return sqlState(error) === '40P01';
}

/** The login lacks the right. */
export function isForbidden(error: unknown): boolean {
  return sqlState(error) === '42501';
}

/** No such table, or one whose rights were not given yet: the migrations have not run here. */
export function isUnprepared(error: unknown): boolean {
  return sqlState(error) === '42P01' || isForbidden(error);
}

function sqlState(error: unknown): string {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code ?? '';
}
