/** How long (ms) a stream of server-sent events is silent at most: less than connections may be (limits.idleStreamSeconds). */
export const HEARTBEAT_MS = 10_000

/** One event of a `text/event-stream` (WHATWG HTML §9.2), whose JSON is one line. `id` is what a reader has from then on. */
export function encodeEvent (event: string, data: unknown, id?: number | string): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${String(id)}\n`}data: ${JSON.stringify(data)}\n\n`
}

/** A comment, which readers pass over: it shows that the connection lives. */
export const HEARTBEAT = ': alive\n\n'

/**
 * The same pieces with a heartbeat wherever none came for `everyMs`. Pulls only when it is pulled: who reads slowly makes nothing pile up.
 * Ends the source when it is ended.
 */
export async function * withHeartbeats (pieces: AsyncIterable<string>, everyMs = HEARTBEAT_MS): AsyncGenerator<string, void, void> {
  const iterator = pieces[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    for (;;) {
      const quiet = Promise.withResolvers<undefined>()
      const timer = setTimeout(() => { quiet.resolve(undefined) }, everyMs)
      const result = await Promise.race([next, quiet.promise]).finally(() => { clearTimeout(timer) })
      if (result === undefined) {
        yield HEARTBEAT
        continue
      }
      if (result.done === true) return
      yield result.value
      next = iterator.next()
    }
  } finally {
    // What waits for a window ends by its own signal; by then nobody is left to be told how.
    const ended = iterator.return?.()
    await Promise.race([Promise.allSettled([next, ended]), Promise.resolve()])
  }
}
