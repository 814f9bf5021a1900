import { readFileSync } from 'node:fs'

/** Ticks of /proc in a second: the kernel shows 100 to every program. */
const TICKS = 100
/** Places of cutime and cstime behind the name of the program, whose own blanks count for nothing. */
const [USER, SYSTEM] = [13, 14]
let known = 0

/** Processor seconds of the children of this process that were waited for so far, and of theirs. */
export function childSeconds (): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[USER]) + Number(fields[SYSTEM])) / TICKS
}

/** Those of children that ended since this was last asked: asked as each ends, its own. */
export function takeChildSeconds (): number {
  const before = known
  known = childSeconds()
  return known - before
}

/** Processor seconds of this process and of its children that ended. */
export function ownSeconds (): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6 + childSeconds()
}
