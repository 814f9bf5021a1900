/** Lengths of the spans of UTC that roll-ups sum up, in ms. */
export const SPANS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

export type Span = keyof typeof SPANS
export const SPAN_NAMES = Object.keys(SPANS) as Span[]
