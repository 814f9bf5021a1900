import process from 'node:process'
import { parseDuration } from './arguments.ts'

/** Until somebody ends the program, or `after` (as 8h) is over. */
export async function untilEnded (after: string | undefined): Promise<void> {
  const stop = Promise.withResolvers<undefined>()
  const end = (): void => { stop.resolve(undefined) }
  const timer = after === undefined ? undefined : setTimeout(end, parseDuration(after, '--for') * 1_000)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  await stop.promise
  clearTimeout(timer)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end)
}
