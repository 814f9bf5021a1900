import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { raiseSearchKeys, readNewestIssues } from '../search/search-keys.ts'
import { listProvenConsents, summarizeConsent } from './consent.ts'
import type { ConsentSummary, ProvenConsent } from './consent.ts'

/** Categories whose search keys were raised now, and what could not be. */
export interface RaisedKeys { readonly searchKeysRaised?: string[], readonly warnings?: string[] }

/**
 * All consents of the patient, each verified, newest first. Where a revocation of a consent to search ended before the search keys were
 * raised, on this device or another, they are raised now.
 * @throws {ClientError} CONSENT_INVALID, and what reading the directory throws
 */
export async function reviewConsents (context: PatientContext): Promise<{ items: ConsentSummary[] } & RaisedKeys> {
  const directory = readOwnDirectory(context)
  const consents = await listProvenConsents(context, directory)
  const items = consents.map(({ ending, ...consent }) => ({ ...summarizeConsent(context, consent), ending }))
  return { items, ...await raiseOverdue(context, consents, await directory) }
}

/**
 * What `reviewConsents` raises, for whoever knows that a revocation may have broken off; nothing where nothing is due.
 * @throws {ClientError} CONSENT_INVALID, and what reading the directory throws
 */
export async function raiseOverdueKeys (context: PatientContext): Promise<RaisedKeys> {
  const directory = readOwnDirectory(context)
  return await raiseOverdue(context, await listProvenConsents(context, directory), await directory)
}

async function raiseOverdue (
  context: PatientContext, consents: readonly ProvenConsent[], directory: VerifiedDirectory
): Promise<RaisedKeys> {
  try {
    const overdue = await findOverdue(context, consents, directory)
    if (overdue.length === 0) return {}
    const raised = (await raiseSearchKeys(context, overdue))?.keys.map(({ category }) => category) ?? []
    const left = overdue.filter((category) => !raised.includes(category))
    return { searchKeysRaised: raised, ...(left.length === 0 ? {} : { warnings: [warningOf(left)] }) }
  } catch (error) {
    if (!isClientError(error)) throw error
    return { warnings: [`${warningOf([])} ${error.message}`] }
  }
}

/** Categories whose newest search key the ledger took before the revocation of a consent to search them. */
async function findOverdue (
  context: PatientContext, consents: readonly ProvenConsent[], directory: VerifiedDirectory
): Promise<string[]> {
  const ended = consents.filter(({ body, revokedAt }) => revokedAt !== undefined && body.actions.includes('search'))
  if (ended.length === 0) return []
  const newest = await readNewestIssues(context, directory)
  return directory.newest.compartments.flatMap(({ label, epoch }) => {
    const known = newest.find(({ key }) => key.label === label && key.epoch === epoch)
    const isOverdue = known !== undefined && ended.some(({ body, revokedAt = 0 }) =>
      revokedAt >= known.time && body.compartments.some((c) => c.label === label && c.epoch === epoch))
    return isOverdue ? categoryOfLabel(context.keys, label) ?? [] : []
  })
}

const warningOf = (categories: readonly string[]): string =>
  `Search keys${categories.length === 0 ? '' : ` of ${categories.join(', ')}`} are older than the end of a consent to search and could not be raised: ` +
  'whoever had it can search what is added. Run "epione index raise".'
