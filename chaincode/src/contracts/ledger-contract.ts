import { Contract } from 'fabric-contract-api'
import { LedgerError } from '@epione/protocol'
import { authorizeCaller } from './authorization.ts'
import { checkTimestamp } from './clock.ts'
import { LedgerContext } from './context.ts'
import { RecentMembers } from './recent-members.ts'
import { requireOfficeInForce } from './suspensions.ts'

/** What every contract shares: its context, the checks of timestamp and caller, and that only `LedgerError`s leave. */
export abstract class LedgerContract extends Contract {
  readonly #recentMembers = new RecentMembers()

  // The decorators of transactions call it on the prototype, too.
  override createContext (): LedgerContext {
    return new LedgerContext()
  }

  // Queries are checked too: Fabric lets a client submit any transaction, whatever its decorator says.
  override beforeTransaction (ctx: LedgerContext): Promise<void> {
    checkTimestamp(ctx.time, ctx.readClock())
    return Promise.resolve()
  }

  // Here and not before: only here does Fabric's runtime say which transaction it is. Its types call the name a function.
  override aroundTransaction (ctx: LedgerContext, fn: Parameters<Contract['aroundTransaction']>[1], parameters: unknown): Promise<void> {
    return authorizeCaller(ctx, `${this.getName()}:${String(fn)}`, this.#recentMembers)
      .then(() => requireOfficeInForce(ctx))
      .then(() => super.aroundTransaction(ctx, fn, parameters))
      .catch((error: unknown) => { throw toLedgerError(ctx, error) })
  }
}

function toLedgerError (ctx: LedgerContext, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error
  ctx.logging.getLogger().error(`${ctx.txId} ${error instanceof Error ? error.stack ?? error.message : String(error)}`)
  return new LedgerError(
    'INTERNAL',
    `The transaction failed in chaincode; the chaincode's log has the cause under ${ctx.txId}.`,
    { cause: error }
  )
}
