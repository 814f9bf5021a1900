const DAY_MS = 86_400_000
/** A certificate that has fewer days left is marked: time enough to renew it in office hours. */
export const SOON_DAYS = 30

/** Whole days from now (ms) until then; below 0 once it is over. */
export function daysLeft (until: number, now: number): number {
  return Math.floor((until - now) / DAY_MS)
}
