import { isErrno } from './failures.ts'

/**
 * A reader of standard output or error that has gone away, as `head` does, ends output quietly: the program goes on to its own end and
 * exit code. One that takes nothing more (a full disk) is told of by `tell` at the end, and a success then ends with 1: what was asked
 * for is done, but its answer is lost.
 */
export function guardOutput (program: NodeJS.Process, tell: (failure: Error) => void): void {
  let failure: Error | undefined
  const note = (error: Error): void => { if (!isErrno(error, 'EPIPE')) failure ??= error }
  program.stdout.on('error', note)
  program.stderr.on('error', note)
  program.once('exit', (code) => {
    if (failure === undefined) return
    tell(failure)
    if (code === 0) program.exitCode = 1
  })
}
