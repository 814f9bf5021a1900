import type { FastifyLoggerOptions } from 'fastify'

/** Members that must never reach a log, wherever an object carries them. */
const SECRETS = [
  'authorization', 'token', 'session', 'privateKey', 'certificate', 'secret', 'sealed', 'cfrags', 'kfrag', 'passphrase',
  'phrase', 'backup', 'escrow', 'shares'
]

/** Where log lines go; standard output unless a test collects them. */
export interface LogDestination { write: (line: string) => void }

/** Longest path, other text and stack (characters) in a log line: what callers send must not fill the disk by being logged. */
const [PATH_MAX, TEXT_MAX, STACK_MAX] = [256, 1_024, 8_192]
/** Errors that one line tells of: a cause has a cause. */
const CAUSES_MAX = 5

type LoggerOptions = FastifyLoggerOptions & {
  formatters: { log: (line: Record<string, unknown>) => Record<string, unknown> }
  redact: { paths: string[], censor: string }
  stream: LogDestination
}

/** The process's one logger: ids, digests and codes only; no names, health data, tokens or keys (STYLE 28). */
export function createLoggerOptions (level: string, destination?: LogDestination): LoggerOptions {
  return {
    level,
    stream: destination ?? standardOutput(),
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    formatters: {
      log: (line) =>
        Object.fromEntries(Object.entries(line).map(([name, value]) => [name, typeof value === 'string' ? cut(value, TEXT_MAX) : value]))
    },
    serializers: {
      // Without the query: it may carry a patient's session.
      req: (request) => ({ method: request.method, path: cut(request.url.split('?', 1)[0] ?? '', PATH_MAX) }),
      res: (reply) => ({ statusCode: reply.statusCode }),
      err: (error: unknown) => describeError(error)
    }
  }
}

interface DescribedError { [member: string]: unknown, type: string, message: string, stack: string }

/** Named members only: an error's own properties may hold request bodies. */
function describeError (error: unknown, depth = 1): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'thrown value is not an Error', stack: '' }
  const { code, details } = error as { code?: unknown, details?: unknown }
  const described: DescribedError = {
    type: error.name,
    message: cut(error.message, TEXT_MAX),
    stack: cut(error.stack ?? '', STACK_MAX),
    code,
    details: cutDetails(details)
  }
  return error.cause === undefined || depth >= CAUSES_MAX ? described : { ...described, cause: describeError(error.cause, depth + 1) }
}

function cutDetails (details: unknown): unknown {
  const text = JSON.stringify(details) as string | undefined
  return text === undefined || text.length <= TEXT_MAX ? details : cut(text, TEXT_MAX)
}

function cut (text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max)}… (${String(text.length)} characters)`
}

/** The logger's own writer of standard output stops requests when a disk is full; a log that cannot be written must not end the service. */
function standardOutput (): LogDestination {
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => undefined)
  return { write: (line) => { process.stdout.write(line) } }
}
