/** A reader that has gone away ends output quietly; one that takes nothing more (a full disk) is told, and a success then ends with 1. */
export function guardOutput (program: NodeJS.Process): void {
  let failure: NodeJS.ErrnoException | undefined
  const note = (error: NodeJS.ErrnoException): void => { if (error.code !== 'EPIPE') failure ??= error }
  program.stdout.on('error', note)
  program.stderr.on('error', note)
  program.once('exit', (code) => {
    if (failure === undefined) return
    program.stderr.write(`OUTPUT_FAILED: the answer cannot be written: ${failure.message}; what was asked for is done\n`)
    if (code === 0) program.exitCode = 1
  })
}
