import { guardOutput as guard } from '@epione/host'
import { printError } from './output.ts'
import { ClientError } from '@epione/sdk/errors'

/** Tells at the end, in the form that was asked for, that the answer could not be written. */
export function guardOutput (program: NodeJS.Process): void {
  guard(program, (cause) => {
    const message = `The answer cannot be written: ${cause.message}. What was asked for may be done: look before you repeat it.`
    const to = { stdout: program.stderr, stderr: program.stderr }
    const options = { json: program.argv.includes('--json'), ms: Math.round(performance.now()) }
    printError(to, new ClientError('OUTPUT_FAILED', message, {}, { cause }), options)
  })
}
