import { isQuery, LedgerError, TRANSACTION_CALLERS, TRANSACTIONS } from '@epione/protocol'
import type { CallerKind, Office, TransactionName } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { RecentMembers } from './recent-members.ts'

/** Refuses a creator whom the table of callers does not allow this transaction, and any transaction without a row in it. */
export async function authorizeCaller (ctx: LedgerContext, transaction: string, recent: RecentMembers): Promise<void> {
  if (!isListed(transaction)) {
    throw new LedgerError('NOT_AUTHORIZED', `Nobody may create ${transaction}: it is in no row of the table of callers.`)
  }
  // There are no members before the founding; who founds must be one of those that it lists.
  if (transaction !== TRANSACTIONS.networkFound) await requireMember(ctx, recent, isQuery(transaction))
  const callers = TRANSACTION_CALLERS[transaction]
  if (callers.some((kind) => isOfKind(ctx, kind))) return
  throw new LedgerError('NOT_AUTHORIZED', `${transaction} is for ${callers.join(' or ')}; this identity ${describe(ctx)}.`)
}

function isListed (transaction: string): transaction is TransactionName {
  return Object.hasOwn(TRANSACTION_CALLERS, transaction)
}

/** A person is whoever the transaction names: the contract checks that. */
function isOfKind ({ creator }: LedgerContext, kind: CallerKind): boolean {
  if (kind === 'person') return true
  return kind === 'admin' ? creator.isAdmin : creator.office === kind
}

function describe ({ creator: { mspId, staffId, office, isAdmin } }: LedgerContext): string {
  return `(${mspId}/${staffId}) has the office ${office ?? (isAdmin ? 'admin' : 'none')}`
}

async function requireMember (ctx: LedgerContext, recent: RecentMembers, isReading: boolean): Promise<void> {
  const { mspId } = ctx.creator
  if (isReading && recent.has(ctx.stub.getChannelID(), mspId)) return
  const { members } = await ctx.network()
  recent.note(ctx.stub.getChannelID(), members.map((m) => m.mspId))
  if (members.some((m) => m.mspId === mspId)) return
  throw new LedgerError('NOT_AUTHORIZED', `Organisation ${ctx.creator.mspId} is not a member of this network.`)
}

/** Refuses a creator of another organisation than `mspId`. */
export function requireOrganization (ctx: LedgerContext, mspId: string): void {
  if (ctx.creator.mspId === mspId) return
  throw new LedgerError('NOT_AUTHORIZED', `Submit this with an identity of ${mspId}; this one is of ${ctx.creator.mspId}.`)
}

/** Refuses a creator that holds none of these offices. */
export function requireOffice (ctx: LedgerContext, ...offices: Office[]): void {
  if (offices.some((o) => o === ctx.creator.office)) return
  throw new LedgerError('NOT_AUTHORIZED', `Submit this with the office ${offices.join(' or ')}; this identity ${describe(ctx)}.`)
}

/** True when the creator is this very person. */
export function isCreator (ctx: LedgerContext, person: { mspId: string, staffId: string }): boolean {
  return ctx.creator.mspId === person.mspId && ctx.creator.staffId === person.staffId
}

/** Refuses a creator that is not this very person. */
export function requirePerson (ctx: LedgerContext, person: { mspId: string, staffId: string }): void {
  if (isCreator(ctx, person)) return
  throw new LedgerError(
    'NOT_AUTHORIZED',
    `Submit this under the certificate of ${person.mspId}/${person.staffId}; this one is of ${ctx.creator.mspId}/${ctx.creator.staffId}.`
  )
}
