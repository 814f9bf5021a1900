/** Whether an error is a system error of one of the given codes, such as ENOENT. */
export function isErrno (error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

/** What was thrown, in words. */
export function messageOf (error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What disks, quotas and PostgreSQL call it. */
const FULL_CODES = ['ENOSPC', 'EDQUOT', '53100']
/** SQLITE_FULL, and SQLITE_IOERR_SHMSIZE for the index of its log: results of the platform's SQLite. */
const FULL_SQLITE_RESULTS: readonly unknown[] = [13, 4874]

/** Whether an error, or what caused it, says that no room is left on a disk or in a database. */
export function isStorageFull (error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isFull = isErrno(error, ...FULL_CODES) || ('errcode' in error && FULL_SQLITE_RESULTS.includes(error.errcode))
  return isFull || isStorageFull(error.cause)
}

/** What disks and PostgreSQL call storage that is read-only, away or broken; 08 is PostgreSQL's class of lost connections. */
const FAILING_CODES = ['EROFS', 'EIO', '08000', '08001', '08003', '08004', '08006', '25006', '57P01', '57P02', '57P03', '58030', 'XX001']
/** How pg, which has no code for it, begins what it says of a connection that broke in the middle of a query. */
const BROKEN_CONNECTION = 'Connection terminated'
/** SQLITE_READONLY, _IOERR, _CORRUPT, _CANTOPEN and _NOTADB, whatever the platform's SQLite adds above the first byte. */
const FAILING_SQLITE_RESULTS: readonly number[] = [8, 10, 11, 14, 26]

/** Whether an error, or what caused it, says that a disk or a database takes nothing now, for another reason than `isStorageFull`. */
export function isStorageFailing (error: unknown): boolean {
  if (!(error instanceof Error) || isStorageFull(error)) return false
  const result = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0
  const isBroken = error.message.startsWith(BROKEN_CONNECTION)
  return isBroken || isErrno(error, ...FAILING_CODES) || FAILING_SQLITE_RESULTS.includes(result) || isStorageFailing(error.cause)
}

/** Whether `parseArgs` of the platform refused what stands on a command line. */
export function isUsage (error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
