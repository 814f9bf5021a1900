import { fault } from './header.ts'

/** A time-stamped annotation of EDF+; `onsetSeconds` counts from the file's start. */
export interface Annotation {
  readonly onsetSeconds: number
  readonly durationSeconds: number
  readonly text: string
}

const LASTS = '\u0015'
const ENDS = '\u0014'

/** EDF+'s way to say that an annotation is of one signal: TEXT@@LABEL. */
export const GAP = 'Sensor gap@@'
export const END = 'Recording ends@@'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads the annotations of one record: the time at which it begins, and those with a text.
 * @throws {SignalError} `FORMAT_INVALID` at the byte of what is no TAL
 */
export function readAnnotations (bytes: Uint8Array, place: number): { beginsSeconds: number | undefined, annotations: Annotation[] } {
  const annotations: Annotation[] = []
  let beginsSeconds: number | undefined
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const end = bytes.indexOf(0, at)
    if (end < 0) throw fault(place + at, 'an annotation does not end')
    const { onset, duration, texts } = splitTal(text(bytes.subarray(at, end), place + at), place + at)
    if (at === 0 && texts[0] === '') beginsSeconds = onset
    for (const one of texts) if (one !== '') annotations.push({ onsetSeconds: onset, durationSeconds: duration, text: one })
    at = end + 1
  }
  return { beginsSeconds, annotations }
}

/* Onset, perhaps a duration after 0x15, then texts, each ended by 0x14. */
function splitTal (tal: string, place: number): { onset: number, duration: number, texts: string[] } {
  const [times = '', ...texts] = tal.split(ENDS)
  const [onset = '', duration = '0', ...more] = times.split(LASTS)
  const right = /^[+-]\d+(\.\d+)?$/.test(onset) && /^\d+(\.\d+)?$/.test(duration) && more.length === 0 && texts.at(-1) === ''
  if (!right) throw fault(place, 'this is no annotation of EDF+')
  return { onset: Number(onset), duration: Number(duration), texts }
}

function text (bytes: Uint8Array, place: number): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw fault(place, 'an annotation is UTF-8')
  }
}

/** One TAL. Seconds as written by `seconds`. */
export function writeAnnotation (onset: string, duration: string | undefined, words: string): string {
  return `+${onset}${duration === undefined ? '' : `\u0015${duration}`}\u0014${words}\u0014\u0000`
}

/** Seconds in decimals without an exponent, to the nanosecond. */
export const seconds = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '')
