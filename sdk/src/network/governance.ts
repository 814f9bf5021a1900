import { adminKeyOf, randomBytes, signAsAdmin, statementId, toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { AMENDMENT_NOTICE_MS, hashOfDocument, isMajority, NetworkDocument } from '@epione/protocol'
import type { PendingProposal, PolicyDocument } from '@epione/protocol'
import { verifyProposal } from '@epione/protocol/verify'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { ClientContext } from '../context/context.ts'
import { currentTime } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { SUBMIT_WITHIN_MS } from '../context/statements.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { readNetworkDocument } from '../keys/network.ts'

/** An admin of a member, by the key (P-256) that the network document lists; no token and no certificate is needed. */
export interface AdminContext extends ClientContext { readonly role: 'admin', readonly secret: Uint8Array }

const { settings, auditors, policyHash, features, formats, builds, clearances } = NetworkDocument.properties
/** What a version may change of the one before. */
export const NetworkChange = Type.Partial(Type.Object({ settings, auditors, policyHash, features, formats, builds, clearances }, {
  additionalProperties: false
}))
export type NetworkChange = Static<typeof NetworkChange>

/** A proposal whose signatures, and those of its approvals, are proven against the version in force. */
export interface ShownProposal {
  documentHash: string
  document: NetworkDocument
  proposedBy: string
  approvedBy: string[]
  /** How many more members are needed. */
  missing: number
  /** Last moment (ms) at which it can be approved. */
  approveBefore: number
}

/** What members propose as the next version, by the own gateway. @throws {ClientError} NETWORK_MISMATCH where it cannot be theirs */
export async function listNetworkProposals (context: ClientContext): Promise<ShownProposal[]> {
  const { own } = context.gateways
  const [inForce, { items }] = [await readNetworkDocument(context), await own.listNetworkProposals()]
  return items.map((item) => proveProposal(inForce, item, own.info.mspId))
}

/** Proposes the next version, with the policy that it names; it changes nothing until more than half of the members approve it. */
export async function proposeNetwork (
  context: AdminContext,
  change: NetworkChange,
  inForceFrom: number,
  policy?: PolicyDocument
): Promise<Done<Written & { statementId: string, version: number, documentHash: string }>> {
  const inForce = await readNetworkDocument(context)
  requireAdmin(context, inForce)
  const document: NetworkDocument = { ...inForce, ...change, version: inForce.version + 1, inForceFrom }
  const statement = signStatementOfAdmin(context, 'NetworkProposal', { document })
  const told = { statementId: statementId(statement.body), version: document.version, documentHash: hashOfDocument(document) }
  return await submitThroughOwn(context, {
    statementId: told.statementId,
    send: async (gateway) => ({ ...await gateway.proposeNetwork(statement, policy), ...told }),
    recover: (written) => ({ ...written, ...told })
  })
}

/** Approves what is proposed under this hash, after it was proven and read. */
export async function approveNetwork (
  context: AdminContext,
  { document, documentHash }: Pick<ShownProposal, 'document' | 'documentHash'>
): Promise<Done<Written & { statementId: string, version: number, documentHash: string }>> {
  const inForce = await readNetworkDocument(context)
  requireAdmin(context, inForce)
  const { version } = document
  const statement = signStatementOfAdmin(context, 'NetworkApproval', { version, documentHash })
  const told = { statementId: statementId(statement.body), version, documentHash }
  return await submitThroughOwn(context, {
    statementId: told.statementId,
    send: async (gateway) => ({ ...await gateway.approveNetwork(statement), ...told }),
    recover: (written) => ({ ...written, ...told })
  })
}

/** @throws {ClientError} USAGE for a key that speaks for no member */
function requireAdmin ({ secret }: AdminContext, { version, members }: NetworkDocument): void {
  const key = adminKeyOf(secret)
  if (members.some(({ adminKeys }) => adminKeys.includes(key))) return
  throw new ClientError('USAGE', `Version ${String(version)} of the network document lists no admin key ${key}: use that of the admin's certificate, ` +
    'which "make up" leaves in organizations/ID/identities/admin/key.pem.')
}

/** An admin's statement of these members, with nonce and times. */
export function signStatementOfAdmin (
  context: AdminContext, type: 'NetworkProposal' | 'NetworkApproval' | 'OrganizationKeys', members: object
): SignedStatement {
  const issuedAt = currentTime(context)
  const body = { type, nonce: toHex(randomBytes(16)), issuedAt, submitBefore: issuedAt + SUBMIT_WITHIN_MS, ...members }
  return signAsAdmin(body, context.networkId, context.secret)
}

function proveProposal (inForce: NetworkDocument, shown: PendingProposal, mspId: string): ShownProposal {
  const approvals = shown.approvals.map(({ statement }) => statement)
  const proven = judged({ kind: 'gateway', mspId }, () => verifyProposal(inForce, { proposal: shown.proposal.statement, approvals }))
  const { document, documentHash, proposedBy, approvedBy } = proven
  if (documentHash !== shown.documentHash) {
    throw new ClientError('NETWORK_MISMATCH', `${mspId} shows another proposal than the one with the hash ${shown.documentHash}.`, {
      party: { kind: 'gateway', mspId }
    })
  }
  let missing = 0
  while (!isMajority(inForce, approvedBy.length + missing)) missing += 1
  const approveBefore = document.inForceFrom - AMENDMENT_NOTICE_MS
  return { documentHash, document, proposedBy, approvedBy: [...approvedBy], missing, approveBefore }
}
