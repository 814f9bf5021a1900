/**
 * A reader of a verb's output that has gone away, as `head` does, ends output quietly: the verb goes on to its own end. One
 * that takes nothing more (a full disk) is told at the end, and a success then ends with 1.
 */
export function guardOutput (program: NodeJS.Process): void {
  let failure: NodeJS.ErrnoException | undefined
  const note = (error: NodeJS.ErrnoException): void => { if (error.code !== 'EPIPE') failure ??= error }
  program.stdout.on('error', note)
  program.stderr.on('error', note)
  program.once('exit', (code) => {
    if (failure === undefined) return
    program.stderr.write(
      `error: output-failed: the answer cannot be written: ${failure.message}\nadvice: The verb came to its end; make room and look with \`make status\`.\n`
    )
    if (code === 0) program.exitCode = 1
  })
}
