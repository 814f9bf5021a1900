import { upward } from './hierarchy.ts'
import type { PolicyOrganization } from '../shapes/policy.ts'

/** The node above, as a list. */
export const parentsOf = (organization: PolicyOrganization): string[] => 'parent' in organization ? [organization.parent] : []

/** The mspId of the hospital that each node is, or that is next above it. */
export function hospitalsOf (organizations: readonly PolicyOrganization[]): ReadonlyMap<string, string> {
  const nodes = new Map(organizations.map((o) => [o.id, o]))
  const parents = new Map(organizations.map((o) => [o.id, parentsOf(o)]))
  return new Map(organizations.flatMap(({ id }): [string, string][] => {
    const hospital = [...upward(id, parents)].map((above) => nodes.get(above)).find((node) => node !== undefined && 'mspId' in node)
    return hospital !== undefined && 'mspId' in hospital ? [[id, hospital.mspId]] : []
  }))
}

/** Nodes that somebody is below, and those that they may be below: departments of their hospital, while none is certified. */
export interface Place { within: ReadonlySet<string>, perhaps: ReadonlySet<string> }

/** Where the tree has whoever is certified by a hospital, with or without a department. */
export type FindPlace = (mspId: string, department?: string) => Place

const NONE: ReadonlySet<string> = new Set()

export function placesOf (organizations: readonly PolicyOrganization[]): FindPlace {
  const parents = new Map(organizations.map((o) => [o.id, parentsOf(o)]))
  const hospitals = hospitalsOf(organizations)
  const known = new Map<string, Place>()
  for (const node of organizations) {
    const mspId = hospitals.get(node.id) ?? ''
    const within = upward(node.id, parents)
    if (node.kind === 'department') known.set(placeName(mspId, node.department), { within, perhaps: NONE })
    else known.set(placeName(mspId), { within, perhaps: departmentsOf(mspId) })
  }
  return (mspId, department) => {
    const hospital = known.get(placeName(mspId)) ?? { within: NONE, perhaps: NONE }
    if (department === undefined) return hospital
    return known.get(placeName(mspId, department)) ?? { within: hospital.within, perhaps: NONE }
  }

  function departmentsOf (mspId: string): ReadonlySet<string> {
    return new Set(organizations.filter((o) => o.kind === 'department' && hospitals.get(o.id) === mspId).map((o) => o.id))
  }
}

/** No mspId has a slash. */
const placeName = (mspId: string, department = ''): string => `${mspId}/${department}`
