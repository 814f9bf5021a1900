import { canonicalize } from '@epione/crypto'
import { LEDGER_EVENTS, LEDGER_KEYS, LedgerError, SUSPENSIONS_MAX } from '@epione/protocol'
import type { Person, SuspensionEntry } from '@epione/protocol'
import { requirePerson } from './authorization.ts'
import { loadBinding } from './directory-heads.ts'
import { toResult } from './result.ts'
import type { LedgerContext } from './context.ts'
import type { BindingHead } from './stored.ts'

type Target = SuspensionEntry['target']

export async function loadSuspensions (ctx: LedgerContext, { mspId, staffId }: Person): Promise<SuspensionEntry[]> {
  return await ctx.state.get<SuspensionEntry[]>(LEDGER_KEYS.suspensions(mspId, staffId)) ?? []
}

/** The keys that count of the person who creates the transaction. @throws {LedgerError} NOT_AUTHORIZED, BINDING_MISSING, SUSPENDED */
export async function loadOwnBinding (ctx: LedgerContext, person: Person): Promise<BindingHead> {
  requirePerson(ctx, person)
  const head = await loadBinding(ctx, person)
  requireInForce(ctx, head.ended ?? [], [head.requestKey, head.receivingKey])
  return head
}

/**
 * Refuses a registrar or auditor who ended: a stolen desk must stop at once, before its hospital's CA revokes it. A gateway is stopped by
 * its hospital alone, and nobody else reads anything for it. @throws {LedgerError} SUSPENDED
 */
export async function requireOfficeInForce (ctx: LedgerContext): Promise<void> {
  const { office } = ctx.creator
  if (office === undefined || office === 'gateway') return
  requireInForce(ctx, (await loadSuspensions(ctx, ctx.creator)).map(({ target }) => target), [])
}

/**
 * Refuses a registrar who would end what they act by: a hospital's desk would be gone for good by one slip. @throws {LedgerError}
 * NOT_AUTHORIZED
 */
export function refuseOwnEnd (ctx: LedgerContext, { staffId, target }: Pick<SuspensionEntry, 'staffId' | 'target'>): void {
  if (staffId !== ctx.creator.staffId || !isOf(target, ctx.creator.serial, [])) return
  throw new LedgerError('NOT_AUTHORIZED', `${staffId} acts by this very identity: let another registrar of the hospital suspend it.`)
}

/** Refuses a creator whose certificate ended, or who ended as a person. @throws {LedgerError} SUSPENDED */
export function requireInForce (ctx: LedgerContext, ended: readonly Target[], keys: readonly string[]): void {
  const found = findEnd(ended, keys, ctx.creator.serial)
  if (found === undefined) return
  const { mspId, staffId } = ctx.creator
  const what = { person: `${mspId}/${staffId} is`, certificate: 'this certificate is', key: 'a key of this binding is' }[found.kind]
  throw new LedgerError('SUSPENDED', `Act under another enrolment: ${what} suspended, for good.`)
}

/** What ended a person: all of them, one of these keys (hex), or a certificate where its serial number is said. */
export function findEnd (ended: readonly Target[], keys: readonly string[], serial?: string): Target | undefined {
  return ended.find((target) => isOf(target, serial, keys))
}

function isOf (target: Target, serial: string | undefined, keys: readonly string[]): boolean {
  switch (target.kind) {
    case 'person': return true
    case 'certificate': return target.serial === serial
    case 'key': return keys.includes(target.key)
  }
}

/**
 * Suspends, and returns what the transaction answers: its event, or the suspension that stands already. @throws {LedgerError}
 * SUSPENSION_CONFLICT
 */
export async function suspend (ctx: LedgerContext, entry: SuspensionEntry, head: BindingHead | undefined): Promise<string> {
  const { mspId, staffId, target } = entry
  const earlier = await loadSuspensions(ctx, entry)
  const same = earlier.find((e) => canonicalize(e.target) === canonicalize(target))
  if (same !== undefined) return toResult(same)
  // Whatever filled the list, the last place is left for the person.
  if (earlier.length >= SUSPENSIONS_MAX - (target.kind === 'person' ? 0 : 1)) {
    throw new LedgerError('SUSPENSION_CONFLICT', `${mspId}/${staffId} has ${String(earlier.length)} suspensions: suspend the person.`)
  }
  await ctx.state.put(LEDGER_KEYS.suspensions(mspId, staffId), [...earlier, entry])
  if (head !== undefined) {
    await ctx.state.put(LEDGER_KEYS.bindingHead(mspId, staffId), { ...head, ended: [...head.ended ?? [], target] } satisfies BindingHead)
  }
  return ctx.emit(LEDGER_EVENTS.staffSuspended, entry)
}
