import type { FastifyLoggerOptions } from 'fastify'

/** Members that must never reach a log, wherever an object carries them. */
const SECRETS = ['authorization', 'token', 'session', 'privateKey', 'certificate', 'secret', 'sealed', 'cfrag', 'kfrag', 'passphrase', 'phrase', 'backup', 'escrow', 'shares']

/** Where log lines go; standard output unless a test collects them. */
export interface LogDestination { write: (line: string) => void }

type LoggerOptions = FastifyLoggerOptions & { redact: { paths: string[], censor: string }, stream?: LogDestination }

/** The process's one logger: ids, digests and codes only; no names, health data, tokens or keys (STYLE 28). */
export function createLoggerOptions (level: string, destination?: LogDestination): LoggerOptions {
  return {
    level,
    ...(destination === undefined ? {} : { stream: destination }),
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: {
      // Without the query: it may carry a patient's session.
      req: (request) => ({ method: request.method, path: request.url.split('?', 1)[0] ?? '' }),
      res: (reply) => ({ statusCode: reply.statusCode }),
      err: describeError
    }
  }
}

interface DescribedError { [member: string]: unknown, type: string, message: string, stack: string }

/** Named members only: an error's own properties may hold request bodies. */
function describeError (error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'thrown value is not an Error', stack: '' }
  const { code, details } = error as { code?: unknown, details?: unknown }
  const described: DescribedError = { type: error.name, message: error.message, stack: error.stack ?? '', code, details }
  return error.cause === undefined ? described : { ...described, cause: describeError(error.cause) }
}
