import { CryptoError, fromHex, verifyAdminStatement } from '@epione/crypto'
import type { AdminStatement, SignedStatement } from '@epione/crypto'
import {
  ADMIN_STATEMENT_SCHEMAS, adminOf, AmendedNetwork, checkAmendment, checkSchema, compareDocuments, describeDifferences,
  hashOfDocument, haveSameMembers, isMajority, NetworkVersion, SchemaMismatch, SignedNetwork
} from '../index.ts'
import { Refusal } from './refusal.ts'
import type { Subject } from './refusal.ts'
import type { AdminStatementType, NetworkDocument } from '../index.ts'
import type { Static, TSchema } from 'typebox'

/** What of an admins' statement is proven. */
export type ProvenAdminStatement<T extends AdminStatementType> = Omit<AdminStatement, 'body'> & {
  readonly body: Static<(typeof ADMIN_STATEMENT_SCHEMAS)[T]>
}

const SUBJECT = { kind: 'network', name: 'document' } as const

/** Verifies signatures (P-256), type and schema of an admins' statement. @throws {Refusal} STATEMENT_MALFORMED, SIGNATURE_INVALID */
export function openAdminStatement<T extends AdminStatementType> (
  type: T,
  statement: SignedStatement,
  networkId: string,
  subject: Subject = { kind: 'statement', name: type }
): ProvenAdminStatement<T> {
  try {
    const proven = verifyAdminStatement(statement, fromHex(networkId, 32))
    return { ...proven, body: checkSchema(ADMIN_STATEMENT_SCHEMAS[type], proven.body, type) }
  } catch (error) {
    if (error instanceof SchemaMismatch) throw new Refusal('STATEMENT_MALFORMED', subject, error.message, { cause: error })
    if (!(error instanceof CryptoError)) throw error
    const code = error.code === 'SIGNATURE_INVALID' ? error.code : 'STATEMENT_MALFORMED'
    throw new Refusal(code, subject, `${error.code}: ${error.message}`, { cause: error })
  }
}

/**
 * A document with what its founders signed: every member's admin key signed this very document for this very block 0, and nobody else
 * did. It says nothing of whether the keys are those members': that is for `requireNetwork`.
 * @throws {Refusal} STATEMENT_MALFORMED, SIGNATURE_INVALID, FOREIGN, SIGNER_WRONG
 */
export function verifyNetwork (signed: unknown): NetworkDocument {
  const { document, founding } = read(SignedNetwork, signed)
  const { body, signers } = openAdminStatement('Founding', founding, document.networkId, SUBJECT)
  if (body.version !== document.version || body.documentHash !== hashOfDocument(document)) {
    throw new Refusal('FOREIGN', SUBJECT, 'the founders signed another document')
  }
  const silent = document.members.filter(({ adminKeys }) => !adminKeys.some((key) => signers.includes(key)))
  if (silent.length > 0) throw new Refusal('SIGNER_WRONG', SUBJECT, `no admin key of ${silent.map((m) => m.mspId).join(', ')} signed it`)
  const strangers = signers.filter((key) => !document.members.some(({ adminKeys }) => adminKeys.includes(key)))
  if (strangers.length > 0) throw new Refusal('SIGNER_WRONG', SUBJECT, `it lists no admin key ${strangers.join(', ')}`)
  return document
}

/**
 * As `verifyNetwork`, for whoever runs on the network: it must be the document that the own network file holds, which names the admin
 * keys that the own hospital checked. Of a later version nothing else is judged: who approved it the file's maker has seen.
 * @throws {Refusal} also FOREIGN, naming every difference
 */
export function requireNetwork (expected: NetworkDocument, signed: unknown): NetworkDocument {
  const shown = read(NetworkVersion, signed)
  const document = 'document' in shown ? shown.document : openProposal(shown.proposal, expected.networkId).body.document
  requireSameDocument(expected, document)
  return 'document' in shown ? verifyNetwork(shown) : document
}

/**
 * The next version: an admin key of a member of the version before proposed it, and more than half of those members approved this very
 * document, each by one of its admin keys. @throws {Refusal} STATEMENT_MALFORMED, SIGNATURE_INVALID, FOREIGN, CHAIN_BROKEN, SIGNER_WRONG
 */
export function verifyAmendment (before: NetworkDocument, signed: unknown): NetworkDocument {
  const { document, approvedBy } = verifyProposal(before, read(AmendedNetwork, signed))
  if (!isMajority(before, approvedBy.length)) {
    const approved = `${String(approvedBy.length)} of ${String(before.members.length)} members approved it`
    throw new Refusal('SIGNER_WRONG', SUBJECT, `${approved}, which is not more than half`)
  }
  return document
}

/** What admins signed of the next version, however many approved it. */
export interface VerifiedProposal {
  readonly document: NetworkDocument
  readonly documentHash: string
  readonly proposedBy: string
  /** Distinct members of the version before. */
  readonly approvedBy: readonly string[]
}

/** As `verifyAmendment`, of a proposal that may still lack approvals. @throws {Refusal} */
export function verifyProposal (before: NetworkDocument, { proposal, approvals }: AmendedNetwork): VerifiedProposal {
  const { body: { document }, signers } = openProposal(proposal, before.networkId)
  const documentHash = hashOfDocument(document)
  const approvedBy = approvals.map((approval) => {
    const { body, signers: by } = openAdminStatement('NetworkApproval', approval, before.networkId, SUBJECT)
    if (body.version !== document.version || body.documentHash !== documentHash) {
      throw new Refusal('FOREIGN', SUBJECT, 'an approval is of another document')
    }
    return requireAdmin(before, by, 'approved')
  })
  const faults = [...checkAmendment(before, document), ...(haveSameMembers(before, document) ? [] : ['Its members are others.'])]
  if (faults.length > 0) throw new Refusal('CHAIN_BROKEN', SUBJECT, `it cannot follow version ${String(before.version)}: ${faults.join(' ')}`)
  const proposedBy = requireAdmin(before, signers, 'proposed')
  if (new Set(approvedBy).size !== approvedBy.length) throw new Refusal('SIGNER_WRONG', SUBJECT, 'a member approved it twice')
  return { document, documentHash, proposedBy, approvedBy }
}

function openProposal (proposal: SignedStatement, networkId: string): ProvenAdminStatement<'NetworkProposal'> {
  return openAdminStatement('NetworkProposal', proposal, networkId, SUBJECT)
}

function requireAdmin (document: NetworkDocument, signers: readonly string[], did: string): string {
  const mspId = adminOf(document, signers)
  if (mspId === undefined) throw new Refusal('SIGNER_WRONG', SUBJECT, `who ${did} it is no admin of one member`)
  return mspId
}

/** @throws {Refusal} FOREIGN naming every difference to the document that is expected */
export function requireSameDocument (expected: NetworkDocument, found: NetworkDocument): void {
  if (hashOfDocument(found) !== hashOfDocument(expected)) throw new Refusal('FOREIGN', SUBJECT, differenceOf(expected, found))
}

function differenceOf (expected: NetworkDocument, found: NetworkDocument): string {
  const differences = compareDocuments(expected, found)
  return differences.length > 0 ? describeDifferences(differences) : 'its members stand in another order than in the network file'
}

function read<S extends TSchema> (schema: S, signed: unknown): Static<S> {
  try {
    return checkSchema(schema, signed, 'the network')
  } catch (error) {
    if (!(error instanceof SchemaMismatch)) throw error
    throw new Refusal('STATEMENT_MALFORMED', SUBJECT, error.message, { cause: error })
  }
}
