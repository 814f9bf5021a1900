/** Whether an error is a system error of one of the given codes, such as ENOENT. */
export function isErrno (error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
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

/** Whether `parseArgs` of the platform refused what stands on a command line. */
export function isUsage (error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
