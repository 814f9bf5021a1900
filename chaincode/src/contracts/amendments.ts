import {
  AMENDMENT_HORIZON_MS, AMENDMENT_NOTICE_MS, checkAmendment, checkSoftware, hashOfDocument, haveSameMembers, isMajority, LEDGER_KEYS,
  LedgerError, ORDER_TOLERANCE_MS, termsOf
} from '@epione/protocol'
import type { AmendedNetwork, NetworkDocument, NetworkState, PendingProposal, StoredStatement } from '@epione/protocol'
import type { AcceptedAdminStatement } from './admin-statements.ts'
import type { LedgerContext } from './context.ts'

/** A member's newest proposal of a version. */
interface StoredProposal { documentHash: string, lapsesAt: number, proposal: StoredStatement }
/** A member's newest approval of a version: until `lapsesAt` (ms) the member approves no other document of it. */
interface StoredApproval { documentHash: string, lapsesAt: number, approval: StoredStatement }

/** Last moment (ms) at which a document can be approved. */
const lapseOf = ({ inForceFrom }: NetworkDocument): number => inForceFrom - AMENDMENT_NOTICE_MS

/** Writes a proposal in the place of its member's former one, which must have lapsed. */
export async function storeProposal (
  ctx: LedgerContext,
  { body: { document }, mspId, inForce, stored }: AcceptedAdminStatement<'NetworkProposal'>
): Promise<void> {
  requireNext(await ctx.network(), document.version)
  requireProposable(inForce, document, ctx.time)
  const key = LEDGER_KEYS.networkProposal(document.version, mspId)
  const former = await ctx.state.get<StoredProposal>(key)
  if (former !== undefined && ctx.time <= former.lapsesAt) {
    throw new LedgerError(
      'PROPOSAL_PENDING',
      `${mspId} proposed ${former.documentHash} as this version, which can be approved until ${describe(former.lapsesAt)}; propose another then.`
    )
  }
  const proposal: StoredProposal = { documentHash: hashOfDocument(document), lapsesAt: lapseOf(document), proposal: stored }
  await ctx.state.put(key, proposal)
}

/** Writes an approval; with more than half of the members the document is the next version, of which the one head key tells requests. */
export async function storeApproval (
  ctx: LedgerContext,
  { body: { version, documentHash }, mspId, stored }: AcceptedAdminStatement<'NetworkApproval'>
): Promise<void> {
  const network = await ctx.network()
  requireNext(network, version)
  const proposal = (await loadProposals(ctx, version)).find((p) => p.documentHash === documentHash)
  if (proposal === undefined) {
    throw new LedgerError('PROPOSAL_UNKNOWN', `Nobody proposed ${documentHash} as version ${String(version)}; read what is proposed with Network:ListProposals.`)
  }
  const { lapsesAt } = proposal
  if (ctx.time > lapsesAt) {
    throw new LedgerError('PROPOSAL_LAPSED', `This document could be approved until ${describe(lapsesAt)}; propose it anew with a later inForceFrom.`)
  }
  const given = await loadApprovals(ctx, version)
  requireFree(given.get(mspId), documentHash, ctx.time)
  const approval: StoredApproval = { documentHash, lapsesAt, approval: stored }
  await ctx.state.put(LEDGER_KEYS.networkApproval(version, mspId), approval)
  const approvals = [...given.set(mspId, approval).values()].filter((a) => a.documentHash === documentHash)
  if (isMajority(network, approvals.length)) await decide(ctx, network, proposal, approvals)
}

/** What members propose as the next version now, each with the approvals that name it. */
export async function listProposals (ctx: LedgerContext): Promise<PendingProposal[]> {
  const { version, next } = await ctx.network()
  if (next !== undefined) return []
  const [proposals, given] = [await loadProposals(ctx, version + 1), await loadApprovals(ctx, version + 1)]
  return proposals.filter(({ lapsesAt }) => ctx.time <= lapsesAt).map(({ documentHash, proposal }) => ({
    documentHash,
    proposal,
    approvals: [...given.values()].filter((a) => a.documentHash === documentHash).map(({ approval }) => approval)
  }))
}

async function decide (
  ctx: LedgerContext,
  network: NetworkState,
  { proposal }: StoredProposal,
  approvals: readonly StoredApproval[]
): Promise<void> {
  const { document } = JSON.parse(proposal.statement.body) as { document: NetworkDocument }
  const version: AmendedNetwork = { proposal: proposal.statement, approvals: approvals.map((a) => a.approval.statement) }
  await ctx.state.put(LEDGER_KEYS.networkDocument(document.version), version)
  await ctx.state.put(LEDGER_KEYS.network(), { ...network, next: termsOf(document) })
}

/** One version at a time, so that the head key says all: what is in force, and what follows. */
function requireNext ({ version, next }: NetworkState, proposed: number): void {
  if (next !== undefined) {
    const when = `comes into force at ${describe(next.inForceFrom)}`
    throw new LedgerError('NETWORK_CONFLICT', `Version ${String(next.version)} is approved and ${when}; what follows it is decided then.`)
  }
  if (proposed === version + 1) return
  throw new LedgerError('NETWORK_CONFLICT', `Version ${String(version)} is in force; the next is ${String(version + 1)}, not ${String(proposed)}.`)
}

function requireProposable (inForce: NetworkDocument, document: NetworkDocument, time: number): void {
  if (!haveSameMembers(inForce, document)) {
    throw new LedgerError('MEMBERS_FIXED', 'Leave the members as they are, with names and admin keys: no version of the document changes them yet.')
  }
  const faults = [...checkAmendment(inForce, document), ...checkSoftware(document), ...checkTime(inForce, document, time)]
  if (faults.length > 0) throw new LedgerError('PROPOSAL_INVALID', faults.join(' '))
}

function checkTime (inForce: NetworkDocument, document: NetworkDocument, time: number): string[] {
  const faults: string[] = []
  // The head key forgets what was in force before; by then no transaction can still be of that time.
  if (inForce.version > 1 && time < inForce.inForceFrom + ORDER_TOLERANCE_MS) faults.push('Propose it a minute after the version before came into force.')
  const [first, last] = [time + AMENDMENT_NOTICE_MS, time + AMENDMENT_HORIZON_MS]
  if (document.inForceFrom <= first || document.inForceFrom > last) {
    faults.push(`Let it come into force after ${describe(first)}, so that members can approve it before, and by ${describe(last)}.`)
  }
  return faults
}

/** Of two documents of one version a member approves one: so no two of them can have more than half. */
function requireFree (former: StoredApproval | undefined, documentHash: string, time: number): void {
  if (former === undefined || (former.documentHash !== documentHash && time > former.lapsesAt)) return
  throw new LedgerError(
    'APPROVAL_CONFLICT',
    former.documentHash === documentHash
      ? 'Another admin of this member approved it already; a member counts once.'
      : `This member approved ${former.documentHash} as this version, and no other until that lapses at ${describe(former.lapsesAt)}.`
  )
}

async function loadProposals (ctx: LedgerContext, version: number): Promise<StoredProposal[]> {
  const { members } = await ctx.network()
  const loaded = await Promise.all(members.map(({ mspId }) => ctx.state.get<StoredProposal>(LEDGER_KEYS.networkProposal(version, mspId))))
  return loaded.filter((p) => p !== undefined)
}

async function loadApprovals (ctx: LedgerContext, version: number): Promise<Map<string, StoredApproval>> {
  const { members } = await ctx.network()
  const given = new Map<string, StoredApproval>()
  for (const { mspId } of members) {
    const approval = await ctx.state.get<StoredApproval>(LEDGER_KEYS.networkApproval(version, mspId))
    if (approval !== undefined) given.set(mspId, approval)
  }
  return given
}

const describe = (time: number): string => new Date(time).toISOString()
