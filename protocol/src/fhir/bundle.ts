import type { Bundle, BundleEntry, FhirResource, OperationOutcome } from 'fhir/r4.js'

export interface SearchPage {
  /** Without a slash at its end. */
  base: string
  resources: readonly FhirResource[]
  /** What goes with the matches, not one of them. */
  included?: readonly FhirResource[]
  /** What is to be said of the answer. */
  outcome?: OperationOutcome | undefined
  self: string
  next?: string | undefined
}

/** A page of a search. It has no total: whoever asks may not learn how much there is that they are not shown. */
export function searchsetOf ({ base, resources, included = [], outcome, self, next }: SearchPage): Bundle {
  const entries: BundleEntry[] = [
    ...resources.map((resource) => entryOf(base, resource, 'match')),
    ...included.map((resource) => entryOf(base, resource, 'include')),
    ...(outcome === undefined ? [] : [{ resource: outcome, search: { mode: 'outcome' as const } }])
  ]
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [{ relation: 'self', url: self }, ...(next === undefined ? [] : [{ relation: 'next', url: next }])],
    ...(entries.length === 0 ? {} : { entry: entries })
  }
}

/** All versions of a resource, the newest first. */
export function historyOf (base: string, self: string, resources: readonly FhirResource[]): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'history',
    link: [{ relation: 'self', url: self }],
    entry: resources.map((resource) => ({
      fullUrl: `${base}/${resource.resourceType}/${resource.id ?? ''}`,
      resource,
      request: { method: resource.meta?.versionId === '1' ? 'POST' as const : 'PUT' as const, url: `${resource.resourceType}/${resource.id ?? ''}` },
      response: { status: '200', ...(resource.meta?.lastUpdated === undefined ? {} : { lastModified: resource.meta.lastUpdated }) }
    }))
  }
}

function entryOf (base: string, resource: FhirResource, mode: 'match' | 'include'): BundleEntry {
  return { fullUrl: `${base}/${resource.resourceType}/${resource.id ?? ''}`, resource, search: { mode } }
}
