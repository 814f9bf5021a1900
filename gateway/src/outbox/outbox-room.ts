/** How much work of a kind may wait, in all and of one patient; without it the kind is bounded by what else this gateway holds. */
export interface OutboxRoom {
  all: number
  perOwner: number
  /** Part of what other patients leave that one may take at most, but `always` at least. */
  shareOfFree?: number
  always?: number
}

/** Most pieces of one owner when others have so many. */
export function shareOf ({ all, perOwner, shareOfFree = 1, always = 0 }: OutboxRoom, ofOthers: number): number {
  return Math.min(perOwner, Math.max(always, Math.floor((all - ofOthers) * shareOfFree)))
}
