/** A part of a value below which two are drawn as one. */
const FLAT = 1e-6

/**
 * Lowest and highest of an axis of values; undefined where there are none. A line that is flat has room above and below it: uPlot
 * marks a range that is empty, or narrower than its numbers can tell apart, without an end.
 */
export function rangeOfValues (look: 'line' | 'bars', min: number | null, max: number | null): [number, number] | undefined {
  if (look === 'bars') return [0, Math.max(1, (max ?? 0) * 1.1)]
  if (min === null || max === null) return undefined
  const size = Math.max(Math.abs(min), Math.abs(max))
  if (max - min > size * FLAT) return [min, max]
  const room = size * 0.1 || 1
  return [min - room, max + room]
}
