/** What disks, quotas and PostgreSQL call it. */
const CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', '53100']
/** SQLITE_FULL, and SQLITE_IOERR_SHMSIZE for the index of its log: results of the platform's SQLite. */
const SQLITE_RESULTS: readonly unknown[] = [13, 4874]

/** True when an error, or what caused it, says that no room is left on a disk or in a database. */
export function isStorageFull (error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { code?: unknown, errcode?: unknown }
  return CODES.includes(code) || SQLITE_RESULTS.includes(errcode) || isStorageFull(error.cause)
}
