import { printError } from './output.ts'
import { ClientError, errorCodeOf, EXIT_CODES, messageOf } from '@epione/sdk/errors'

/**
 * A reader of standard output or error that has gone away, as `head` does, ends output quietly: the command goes on to its own
 * end and exit code. One that takes nothing more (a full disk) is told at the end, and a success then ends with 1: it is done,
 * but its answer is lost.
 */
export function guardOutput (program: NodeJS.Process): void {
  let failure: unknown
  const note = (error: unknown): void => { if (errorCodeOf(error) !== 'EPIPE') failure ??= error }
  program.stdout.on('error', note)
  program.stderr.on('error', note)
  program.once('exit', (code) => {
    if (failure === undefined) return
    const told =
      new ClientError(
        'OUTPUT_FAILED',
        `The answer cannot be written: ${messageOf(failure)}. What was asked for may be done: look before you repeat it.`,
        {},
        { cause: failure }
      )
    printError({
      stdout: program.stderr,
      stderr: program.stderr
    }, told, { json: program.argv.includes('--json'), ms: Math.round(performance.now()) })
    if (code === EXIT_CODES.ok) program.exitCode = told.exitCode
  })
}
