import { BlockError } from './errors.ts'

/** Deepest nesting of an event's JSON; those of the contracts have 8 levels at most. */
const DEPTH_MAX = 32
const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

/** The JSON of an event, of whatever shape: the next step checks that. Throws `EVENT_MALFORMED`. */
export function parseEventPayload (payload: Uint8Array): unknown {
  if (depthOf(payload) > DEPTH_MAX) throw new BlockError('EVENT_MALFORMED', `The event is nested deeper than ${DEPTH_MAX}.`)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload))
  } catch (error) {
    throw new BlockError('EVENT_MALFORMED', 'The event is no JSON.', { cause: error })
  }
}

/** Whoever walks through parsed JSON walks as deep as it is, so depth is bounded before. */
function depthOf (json: Uint8Array): number {
  let [depth, deepest, inString] = [0, 0, false]
  for (let index = 0; index < json.length; index++) {
    const byte = json[index]
    if (inString) {
      if (byte === BACKSLASH) index += 1
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) deepest = Math.max(deepest, ++depth)
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1
  }
  return deepest
}
