/** The id itself and all that is above it, whatever number of parents each has; a cycle ends where it began. */
export function upward (id: string, parentsOf: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([id])
  // A set is walked to its end, also to what is added on the way.
  for (const next of found) for (const parent of parentsOf.get(next) ?? []) found.add(parent)
  return found
}

/** Ids that are above themselves. */
export function cyclic (parentsOf: ReadonlyMap<string, readonly string[]>): string[] {
  return [...parentsOf].filter(([id, parents]) => parents.some((p) => upward(p, parentsOf).has(id))).map(([id]) => id)
}
