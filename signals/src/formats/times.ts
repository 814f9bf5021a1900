/* RFC 3339: a time without its zone is no moment. */
const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/
/* One microsecond: the finest that times of this century have as a double of milliseconds. */
const PER_MS = 1_000

/**
 * Milliseconds since 1970, fractions kept to the microsecond; undefined for what is no RFC 3339 date-time or is before 1970. A leap
 * second is the second after it.
 */
export function parseInstant (text: string): number | undefined {
  const match = INSTANT.exec(text)
  if (match === null) return undefined
  const fraction = match[5] ?? ''
  const leap = match[4] === '60'
  const whole = text.replace(fraction, '').replace(/:60(?=[Zz+-])/, ':59').toUpperCase()
  const ms = Date.parse(whole) + (leap ? 1_000 : 0)
  const day = Number(text.slice(8, 10))
  // Date.parse takes the 31st of February for a day in March.
  if (!(ms >= 0) || day > new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()) return undefined
  return ms + (fraction === '' ? 0 : Math.round(Number(`0${fraction}`) * 1_000 * PER_MS) / PER_MS)
}

/** RFC 3339 in UTC, with milliseconds and, where the time has them, microseconds. */
export function formatInstant (ms: number): string {
  const micros = Math.round(ms * PER_MS)
  const wholeMs = Math.floor(micros / PER_MS)
  const rest = micros - wholeMs * PER_MS
  const text = new Date(wholeMs).toISOString()
  return rest === 0 ? text : text.replace('Z', `${String(rest).padStart(3, '0')}Z`)
}
