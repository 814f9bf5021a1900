import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import type { WrapName } from '@epione/protocol'
import type { LedgerContext } from './context.ts'

/**
 * Gives a wrap its one name, also when it is later replaced: the log would else not tell what it opened. @throws {LedgerError} WRAP_EXISTS
 */
export async function claimWrap (ctx: LedgerContext, wrapHash: string, name: WrapName): Promise<void> {
  const key = LEDGER_KEYS.wrap(wrapHash)
  if (await ctx.state.get(key) !== undefined) {
    throw new LedgerError('WRAP_EXISTS', `Make a new wrap: ${wrapHash} is or was registered already.`)
  }
  await ctx.state.put(key, name)
}
