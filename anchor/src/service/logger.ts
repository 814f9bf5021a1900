const LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LEVELS)[number]

/** Writes one line: fields are ids, numbers, digests and codes only. */
export type Logger = (level: LogLevel, fields: Record<string, unknown>, message: string) => void

/** JSON lines on standard output from `least` on. */
export function createLogger (least: LogLevel, write: (line: string) => void = (line) => { process.stdout.write(line) }): Logger {
  return (level, fields, message) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return
    write(JSON.stringify({ level, time: Date.now(), ...fields, msg: message }) + '\n')
  }
}

/** Name, code and message of an error and its causes; never its other members. */
export function describeError (error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    ...(typeof code === 'string' && { code }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) })
  }
}
