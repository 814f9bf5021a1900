/** All that stands in a compartment up to an epoch, which a patient's order had destroyed. */
export interface ErasedCompartment { label: string, epoch: number, orderId: string }

/** The order that ended what stands there; the first one that reached so far. */
export function erasedBy (erased: readonly ErasedCompartment[], at: { label: string, epoch: number }): string | undefined {
  const reaching = erased.filter(({ label, epoch }) => label === at.label && epoch >= at.epoch)
  return reaching.sort((a, b) => a.epoch - b.epoch)[0]?.orderId
}
