import { messageOf, NetworkError } from '../errors.ts'
import { report } from '../host/logger.ts'

/** One thing that a verb will do; each looks first, so that one that was done before does no harm. */
export interface Step { what: string, work: () => Promise<void> }

export interface Plan {
  /** What the whole is for, for its first line. */
  title: string
  steps: readonly Step[]
  /** Whether to print it alone. */
  dryRun: boolean
  /** The command that goes on where this one stopped. */
  again: string
}

/** Prints the plan on standard output, then does it step by step. A failure says how far it came and what to do. */
export async function carryOut ({ title, steps, dryRun, again }: Plan): Promise<void> {
  if (steps.length === 0) {
    process.stdout.write(`${title}: nothing to do\n`)
    return
  }
  const lines = steps.map(({ what }, index) => `  ${String(index + 1)}. ${what}\n`)
  process.stdout.write(`${title}${dryRun ? ', if it were done' : ''}:\n${lines.join('')}`)
  if (dryRun) return
  for (const [index, { what, work }] of steps.entries()) {
    report(`${String(index + 1)}/${String(steps.length)} ${what}`)
    try {
      await work()
    } catch (cause) {
      const advice = cause instanceof NetworkError && cause.advice !== undefined ? `${cause.advice} Then type` : 'Type'
      const done = index === 0 ? 'nothing before it was to do' : `steps 1 to ${String(index)} are done`
      throw new NetworkError(cause instanceof NetworkError ? cause.code : 'command-failed', `step ${String(index + 1)} (${what}) stopped half-way: ${messageOf(cause)}`, {
        advice: `${advice} \`${again}\` again: ${done}, and each step looks first what is left of it.`, cause
      })
    }
  }
  report('done')
}
