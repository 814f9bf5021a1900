import { compilePolicy } from './compiled-policy.ts'
import { rolesUpward } from './roles.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import type { EventRecord } from '../shapes/state.ts'
import type { Facts } from './rule-fit.ts'

/** Who asks for what, as certified and signed. */
export interface PolicyRequest {
  mspId: string
  role?: string | undefined
  department?: string | undefined
  action: string
  purpose: string
}

/** Of a record, or of a compartment, whose records are of any media class: what asks for one cannot be evaluated there. */
export type RecordClass = Pick<EventRecord, 'level'> & Partial<Pick<EventRecord, 'mediaClass'>>

export function requestFacts (policy: PolicyDocument, { mspId, role, department, action, purpose }: PolicyRequest): Facts {
  const { within, perhaps } = compilePolicy(policy).placeOf(mspId, department)
  return {
    purposes: new Set([purpose]),
    actions: new Set([action]),
    ...(role !== undefined && { roles: rolesUpward(policy, role) }),
    ...(department !== undefined && { departments: new Set([department]) }),
    hospital: new Set([mspId]),
    organizations: within,
    perhaps
  }
}

/** Records of one class, and what is known of them. */
export interface RecordGroup<R extends RecordClass = RecordClass> { facts: Facts, records: readonly R[] }

/** The records by class, in the order in which they are named; without any, one group of which nothing is known. */
export function groupRecords<R extends RecordClass> (records: readonly R[]): RecordGroup<R>[] {
  if (records.length === 0) return [{ facts: {}, records: [] }]
  const groups = Map.groupBy(records, ({ level, mediaClass }) => `${level} ${mediaClass ?? ''}`)
  return [...groups.values()].map((members) => ({ facts: classFacts(members), records: members }))
}

function classFacts (members: readonly RecordClass[]): Facts {
  const mediaClasses = members.flatMap(({ mediaClass }) => mediaClass ?? [])
  return { levels: new Set(members.map((r) => r.level)), ...(mediaClasses.length > 0 && { mediaClasses: new Set(mediaClasses) }) }
}
