import type { Practitioner } from '../http/caller.ts'
import { findOrganization } from '../network-file.ts'
import type { Network } from '../network-file.ts'

/**
 * The auditor of this hospital with this subject, or undefined. Auditors are listed in the network file, by the hospital's
 * admin: no token that enrols staff makes one, and whoever is struck from the list reads nothing more.
 */
export function findAuditor (network: Network, mspId: string, subject: string): Practitioner | undefined {
  const auditor = findOrganization(network, mspId).auditors.find((a) => a.subject === subject)
  return auditor === undefined ? undefined : { subject, mspId, staffId: auditor.staffId, role: 'auditor', scope: auditor.scope }
}
