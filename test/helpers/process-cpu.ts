import { readFile } from 'node:fs/promises'

/** Kernel ticks a second, as `/proc` counts them on Linux. */
const TICKS_PER_SECOND = 100

/** Milliseconds of CPU that a process has used since it began. */
export async function cpuMs (pid: number): Promise<number> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8')
  // The name in parentheses may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS_PER_SECOND
}
