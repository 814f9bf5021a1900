import { guardOutput, isUsage } from '../../host/src/index.ts'
import { loadContext, type Context } from '../description/context.ts'
import { messageOf, NetworkError, printable } from '../errors.ts'
import { PRIVATE_UMASK } from '../host/modes.ts'
import { checkStamp } from '../host/stamp.ts'

const SIGNALS = [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]] as const

/** Runs a verb as this program: its result is the exit code; failures are told on stderr, with advice, and end with 1. */
export async function runVerb (work: (args: string[]) => Promise<number>): Promise<void> {
  process.umask(PRIVATE_UMASK)
  guardOutput(process, ({ message }) => {
    process.stderr.write(
      `error: output-failed: the answer cannot be written: ${message}\nadvice: The verb came to its end; make room and look with \`make status\`.\n`
    )
  })
  // Turned into ordinary exits, which do not fall between the start of a process and its record.
  for (const [signal, number] of SIGNALS) process.once(signal, () => process.exit(128 + number))
  try {
    process.exitCode = await work(process.argv.slice(2))
  } catch (error) {
    process.exitCode = isUsage(error) ? 2 : 1
    process.stderr.write(`error: ${printable(messageOf(error))}\n`)
    if (isUsage(error)) return
    if (error instanceof NetworkError && error.advice !== undefined) process.stderr.write(`advice: ${printable(error.advice)}\n`)
    else if (!(error instanceof NetworkError) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  }
}

/** A verb without arguments that works on a state folder made for this very network. */
export async function runPlainVerb (usage: string, work: (context: Context) => Promise<void>): Promise<void> {
  await runVerb(async (args) => {
    if (args.length > 0) {
      process.stderr.write(usage)
      return args.includes('--help') ? 0 : 2
    }
    const context = await loadContext()
    await checkStamp(context.paths, context.topology)
    await work(context)
    return 0
  })
}
