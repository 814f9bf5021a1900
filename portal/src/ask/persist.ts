/** Asks the browser not to throw the sealed keys away when the disk is full; it decides, or asks the person. */
export async function askToPersist (): Promise<void> {
  // Whoever says no has their phrase on paper.
  await navigator.storage.persist().catch(() => false)
}
