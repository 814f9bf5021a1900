import { createParser } from 'eventsource-parser'

/** One event that a gateway sends: its name, its data as text, and its id where it has one. */
export interface ServerEvent { readonly event: string, readonly data: string, readonly id?: string }

/** Largest event in characters that is read into memory: 64 windows with their answers stay below. */
const EVENT_MAX = 4 * 1024 * 1024

/** The events of a `text/event-stream`, as they come. @throws {Error} for one that is too large, and what the bytes throw */
export async function * readServerEvents (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent, void, void> {
  const events: ServerEvent[] = []
  const parser = createParser({
    maxBufferSize: EVENT_MAX,
    onEvent: ({ event = 'message', data, id }) => { events.push({ event, data, ...(id !== undefined && { id }) }) },
    onError: (error) => { throw error }
  })
  const decoder = new TextDecoder()
  for await (const piece of bytes) {
    parser.feed(decoder.decode(piece, { stream: true }))
    yield * events.splice(0)
  }
}
