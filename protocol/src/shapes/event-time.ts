/** The two time attributes of an event key: UTC day `yyyymmdd` and zero-padded ms, in sorting order. */
export function createEventTime (timeMs: number): [day: string, time: string] {
  return [dayOf(timeMs), String(timeMs).padStart(13, '0')]
}

/** UTC day of a time in ms, `yyyymmdd`. */
export function dayOf (timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10).replaceAll('-', '')
}

/** Event id: patientId.timeMs.txId. */
export function createEventId (patientId: string, timeMs: number, txId: string): string {
  return `${patientId}.${String(timeMs).padStart(13, '0')}.${txId}`
}

/** The three parts of an event id, or undefined when it is none. */
export function parseEventId (eventId: string): { patientId: string, timeMs: number, txId: string } | undefined {
  const match = /^([a-z2-7]{32})\.([0-9]{13})\.([0-9a-f]{64})$/.exec(eventId)
  if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) return undefined
  return { patientId: match[1], timeMs: Number(match[2]), txId: match[3] }
}
