import { AnchorError } from '../errors.ts'
import { describeError } from './logger.ts'

/** A reader that has gone away ends output quietly; one that takes nothing more (a full disk) is told, and a success then ends with 1. */
export function guardOutput (program: NodeJS.Process): void {
  let failure: NodeJS.ErrnoException | undefined
  const note = (error: NodeJS.ErrnoException): void => { if (error.code !== 'EPIPE') failure ??= error }
  program.stdout.on('error', note)
  program.stderr.on('error', note)
  program.once('exit', (code) => {
    if (failure === undefined) return
    const told =
      new AnchorError('OUTPUT_FAILED', `The answer cannot be written: ${failure.message}. What was asked for is done.`, { cause: failure })
    program.stderr.write(`${JSON.stringify(describeError(told))}\n`)
    if (code === 0) program.exitCode = 1
  })
}
