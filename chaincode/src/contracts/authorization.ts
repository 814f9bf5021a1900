import { LedgerError } from '../errors.ts'
import type { LedgerContext } from './context.ts'

/** Refuses a creator whose organisation is not a member of the network. */
export async function requireMember (ctx: LedgerContext): Promise<void> {
  const { members } = await ctx.network()
  if (members.some((m) => m.mspId === ctx.creator.mspId)) return
  throw new LedgerError('NOT_AUTHORIZED', `Organisation ${ctx.creator.mspId} is not a member of this network.`)
}

/** Refuses a creator of another organisation than `mspId`. */
export function requireOrganization (ctx: LedgerContext, mspId: string): void {
  if (ctx.creator.mspId === mspId) return
  throw new LedgerError('NOT_AUTHORIZED', `Submit this with an identity of ${mspId}; this one is of ${ctx.creator.mspId}.`)
}

/** Refuses a creator that is not an admin of a member. */
export async function requireAdmin (ctx: LedgerContext): Promise<void> {
  await requireMember(ctx)
  if (!ctx.creator.isAdmin) throw new LedgerError('NOT_AUTHORIZED', 'Submit this with the identity of an organisation\'s admin.')
}

/** Refuses a creator of a member that is certified in none of these roles. */
export async function requireRole (ctx: LedgerContext, ...roles: ('gateway' | 'registrar' | 'auditor')[]): Promise<void> {
  await requireMember(ctx)
  if (roles.some((r) => r === ctx.creator.role)) return
  throw new LedgerError('NOT_AUTHORIZED', `Submit this with the role ${roles.join(' or ')}; this identity has ${ctx.creator.role ?? 'none'}.`)
}

/** True when the creator is this very person. */
export function isCreator (ctx: LedgerContext, person: { mspId: string, staffId: string }): boolean {
  return ctx.creator.mspId === person.mspId && ctx.creator.staffId === person.staffId
}

/** Refuses a creator that is not this very person. */
export async function requirePerson (ctx: LedgerContext, person: { mspId: string, staffId: string }): Promise<void> {
  await requireMember(ctx)
  if (isCreator(ctx, person)) return
  throw new LedgerError('NOT_AUTHORIZED', `Submit this under the certificate of ${person.mspId}/${person.staffId}; this one is of ${ctx.creator.mspId}/${ctx.creator.staffId}.`)
}
