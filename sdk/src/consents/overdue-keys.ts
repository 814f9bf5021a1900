import { TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { raiseSearchKeys, readIssuesOfTwo } from '../search/search-keys.ts'
import { listConsents, listConsentsOfTwo } from './consent.ts'
import type { ConsentSummary } from './consent.ts'

/** Categories whose search keys were raised now, and what could not be. */
export interface RaisedKeys { readonly searchKeysRaised?: string[], readonly warnings?: string[] }

/**
 * All consents of the patient, each verified, newest first. Where a revocation of a consent to search ended before the search keys were
 * raised, on this device or another, they are raised now.
 * @throws {ClientError} CONSENT_INVALID, and what reading the directory throws
 */
export async function reviewConsents (context: PatientContext): Promise<{ items: ConsentSummary[] } & RaisedKeys> {
  const directory = readOwnDirectory(context)
  const items = await listConsents(context, directory)
  return { items, ...await raiseOverdue(context, await directory) }
}

/**
 * What `reviewConsents` raises, for whoever knows that a revocation may have broken off; nothing where nothing is due.
 * @throws {ClientError} CONSENT_INVALID, and what reading the directory throws
 */
export async function raiseOverdueKeys (context: PatientContext): Promise<RaisedKeys> {
  return await raiseOverdue(context, await readOwnDirectory(context))
}

/**
 * All consents as `reviewConsents` gives them, and in place of raising the categories whose search keys are overdue: for programs that sign
 * nothing before a person said yes. `raiseOverdueKeys` raises them.
 * @throws {ClientError} CONSENT_INVALID, and what reading the directory throws
 */
export async function listConsentsAndOverdue (
  context: PatientContext
): Promise<{ items: ConsentSummary[], overdue: string[], warnings?: string[] }> {
  const directory = readOwnDirectory(context)
  const items = await listConsents(context, directory)
  try {
    return { items, overdue: await findOverdue(context, await directory) }
  } catch (error) {
    if (!isClientError(error)) throw error
    return { items, overdue: [], warnings: [`Nobody can tell now whether search keys are overdue: ${error.message}`] }
  }
}

async function raiseOverdue (context: PatientContext, directory: VerifiedDirectory): Promise<RaisedKeys> {
  try {
    const overdue = await findOverdue(context, directory)
    if (overdue.length === 0) return {}
    const raised = (await raiseSearchKeys(context, overdue))?.keys.map(({ category }) => category) ?? []
    const left = overdue.filter((category) => !raised.includes(category))
    return { searchKeysRaised: raised, ...(left.length === 0 ? {} : { warnings: [warningOf(left)] }) }
  } catch (error) {
    if (!isClientError(error)) throw error
    return { warnings: [`${warningOf([])} ${error.message}`] }
  }
}

/**
 * Categories whose newest search key the ledger took before the revocation of a consent to search them. When it took either, one
 * organisation alone may say falsely, so that two are asked and the later revocation counts, and the earlier key: a key that is raised once
 * too often costs little, and one that is not lets a former reader go on.
 */
async function findOverdue (context: PatientContext, directory: VerifiedDirectory): Promise<string[]> {
  const shown = await listConsentsOfTwo(context, directory)
  const ended = shown.flatMap(({ consents }) => consents)
    .filter(({ body, revokedAt }) => revokedAt !== undefined && body.actions.includes('search'))
  if (ended.length === 0) return []
  const newest = await readIssuesOfTwo(context, directory)
  const latest = currentTime(context) + TIMESTAMP_TOLERANCE_MS
  return directory.newest.compartments.flatMap(({ label, epoch }) => {
    const known = newest.find(({ key }) => key.label === label && key.epoch === epoch)
    const isOverdue = known !== undefined && ended.some(({ body, revokedAt = 0 }) =>
      // What is not yet was not taken: whoever says so would have keys raised with each command.
      revokedAt >= known.time && revokedAt <= latest && body.compartments.some((c) => c.label === label && c.epoch === epoch))
    return isOverdue ? categoryOfLabel(context.keys, label) ?? [] : []
  })
}

const warningOf = (categories: readonly string[]): string =>
  `Search keys${categories.length === 0 ? '' : ` of ${categories.join(', ')}`} are older than the end of a consent to search and could not be raised: ` +
  'whoever had it can search what is added. Run "epione index raise".'
