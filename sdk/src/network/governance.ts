import { adminKeyOf, randomBytes, signAsAdmin, statementId, toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { adminOf, AMENDMENT_NOTICE_MS, hashOfDocument, isMajority, NetworkDocument } from '@epione/protocol'
import type { PendingProposal, PolicyDocument } from '@epione/protocol'
import { openAdminStatement } from '@epione/protocol/verify'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { ClientContext } from '../context/context.ts'
import { currentTime } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { proveNetwork } from '../keys/network.ts'

/** An admin of a member, by the key (P-256) that the network document lists; no token and no certificate is needed. */
export interface AdminContext extends ClientContext { readonly role: 'admin', readonly secret: Uint8Array }

const { settings, auditors, policyHash, features, formats, builds } = NetworkDocument.properties
/** What a version may change of the one before. */
export const NetworkChange = Type.Partial(Type.Object({ settings, auditors, policyHash, features, formats, builds }, {
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

const SUBMIT_WITHIN_MS = 15 * 60 * 1000

/** The network document in force, proven from that of the own network file up. */
export async function readNetworkDocument (context: ClientContext): Promise<NetworkDocument> {
  const { own } = context.gateways
  return await proveNetwork(context, own, (await own.getNetwork()).document)
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
  const statement = sign(context, 'NetworkProposal', { document })
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
  const statement = sign(context, 'NetworkApproval', { version, documentHash })
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
  throw new ClientError('USAGE', `Version ${String(version)} of the network document lists no admin key ${key}: use that of the admin's certificate.`)
}

function sign (context: AdminContext, type: 'NetworkProposal' | 'NetworkApproval', members: object): SignedStatement {
  const issuedAt = currentTime(context)
  const body = { type, nonce: toHex(randomBytes(16)), issuedAt, submitBefore: issuedAt + SUBMIT_WITHIN_MS, ...members }
  return signAsAdmin(body, context.networkId, context.secret)
}

function proveProposal (inForce: NetworkDocument, { documentHash, proposal, approvals }: PendingProposal, mspId: string): ShownProposal {
  const shower = { kind: 'gateway', mspId } as const
  const by = (signers: readonly string[]): string => adminOf(inForce, signers) ?? refuse('an admin of no member signed it', mspId)
  const open = <T extends 'NetworkProposal' | 'NetworkApproval'>(type: T, statement: SignedStatement): ReturnType<typeof openAdminStatement<T>> =>
    judged(shower, () => openAdminStatement(type, statement, inForce.networkId, { kind: 'network', name: 'proposal' }))
  const { body: { document }, signers } = open('NetworkProposal', proposal.statement)
  if (hashOfDocument(document) !== documentHash) refuse('it holds another document than it says', mspId)
  const approvedBy = approvals.map(({ statement }) => {
    const approval = open('NetworkApproval', statement)
    if (approval.body.documentHash !== documentHash) refuse('an approval is of another document', mspId)
    return by(approval.signers)
  })
  if (new Set(approvedBy).size !== approvedBy.length) refuse('a member approved it twice', mspId)
  let missing = 0
  while (!isMajority(inForce, approvedBy.length + missing)) missing += 1
  return {
    documentHash, document, proposedBy: by(signers), approvedBy, missing, approveBefore: document.inForceFrom - AMENDMENT_NOTICE_MS
  }
}

function refuse (why: string, mspId: string): never {
  throw new ClientError('NETWORK_MISMATCH', `The proposal that ${mspId} shows is refused: ${why}.`, { party: { kind: 'gateway', mspId } })
}
