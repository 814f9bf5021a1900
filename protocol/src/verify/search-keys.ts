import { patientSigner } from './directory.ts'
import { directoryKeys, isPoint } from './directory-rules.ts'
import { Refusal } from './refusal.ts'
import type { SearchKeys, StoredStatement } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { StatementReader } from './statements.ts'

/** Search keys that the patient published. Only `verifySearchKeys` makes one. */
export interface VerifiedSearchKeys {
  readonly id: string
  readonly body: SearchKeys
  /** When the ledger took them (ms). */
  readonly time: number
}

type SearchKey = SearchKeys['keys'][number]
type NamedIssue = Pick<SearchKey, 'label' | 'epoch' | 'issue'>

/**
 * Proves search keys to be the patient's of `directory`: signed with the identity key that was in force when the ledger took them, each for
 * a compartment and epoch of the directory version that the wraps are for, and no key of that version. @throws {Refusal}
 */
export function verifySearchKeys (stored: StoredStatement, directory: VerifiedDirectory, reader: StatementReader): VerifiedSearchKeys {
  const subject: Subject = { kind: 'search-keys', name: stored.id }
  const refuse = (code: RefusalCode, why: string): never => { throw new Refusal(code, subject, why) }
  const { id, body, signers } = reader.readStored('SearchKeys', stored, subject)
  if (body.patientId !== directory.patientId) refuse('FOREIGN', 'they are another patient\'s')
  if (patientSigner(directory, signers, stored.time) === undefined) refuse('SIGNER_WRONG', 'they are not signed by their patient alone')
  const version = directory.versions.find((v) => v.body.version === body.directoryVersion)?.body ??
    refuse('MISSING', 'the directory version that their wraps are for is not shown')
  const used = [...directoryKeys(version), ...body.keys.map((k) => k.key)]
  if (!body.keys.every(({ key }) => isPoint(key)) || new Set(used).size !== used.length) {
    refuse('KEYS_UNFIT', 'they are no points, or shared with another purpose')
  }
  const isListed = ({ label, epoch }: NamedIssue): boolean =>
    version.compartments.some((c) => c.label === label && c.epoch === epoch)
  if (!body.keys.every(isListed)) refuse('COMPARTMENT_UNKNOWN', 'one is of a compartment that the patient\'s directory does not list')
  return { id, body, time: stored.time }
}

/** An issue that these keys publish, with the wrap that an event names for it, where one is said. @throws {Refusal} FOREIGN */
export function requireSearchKey (
  { id, body }: VerifiedSearchKeys, { label, epoch, issue, wrapHash }: NamedIssue & { wrapHash?: string }
): SearchKey {
  const key = body.keys.find((k) => k.label === label && k.epoch === epoch && k.issue === issue)
  if (key !== undefined && (wrapHash ?? key.wrapHash) === key.wrapHash) return key
  const subject: Subject = { kind: 'search-keys', name: id }
  throw new Refusal('FOREIGN', subject, `they publish no issue ${String(issue)} of ${label} with this wrap`)
}

/**
 * All issues of one compartment and epoch up to the newest one shown, by number: none is missing, and no key comes back. @throws {Refusal}
 * CHAIN_BROKEN, KEYS_UNFIT
 */
export function requireIssues (shown: readonly VerifiedSearchKeys[], { label, epoch }: Pick<SearchKey, 'label' | 'epoch'>): SearchKey[] {
  const found = shown.flatMap(({ body }) => body.keys).filter((k) => k.label === label && k.epoch === epoch)
    .sort((a, b) => a.issue - b.issue)
  const subject: Subject = { kind: 'search-keys', name: `${label}/${String(epoch)}` }
  if (!found.every(({ issue }, i) => issue === i + 1)) throw new Refusal('CHAIN_BROKEN', subject, 'an issue is missing, or there twice')
  if (new Set(found.map(({ key }) => key)).size !== found.length) throw new Refusal('KEYS_UNFIT', subject, 'an issue has the key of another')
  return found
}
