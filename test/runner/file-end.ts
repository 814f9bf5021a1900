const WORK = Symbol.for('epione/end of a test file')

interface Shared { [WORK]?: Array<() => void> }

/**
 * Has `work` done when all tests of this file are through: at the end of the process, or of the file where several share a process.
 * It fails the file by setting `process.exitCode`.
 */
export function atFileEnd (work: () => void): void {
  const list = (globalThis as Shared)[WORK]
  if (list === undefined) process.once('exit', work)
  else list.push(work)
}

/** From now on several files run in this process: what each leaves to be done waits for `endFile`. */
export function beginFiles (): void {
  (globalThis as Shared)[WORK] = []
}

/** Does what the file left to be done; true where that failed the file. */
export function endFile (): boolean {
  for (const work of (globalThis as Shared)[WORK]?.splice(0) ?? []) work()
  const hasFailed = Boolean(process.exitCode)
  process.exitCode = undefined
  return hasFailed
}
