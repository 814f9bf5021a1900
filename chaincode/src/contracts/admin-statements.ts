import { adminOf, documentIn, LEDGER_KEYS, LedgerError, SignedAdminStatement } from '@epione/protocol'
import { openAdminStatement, Refusal } from '@epione/protocol/verify'
import { parseArgument } from './arguments.ts'
import { checkTimes, takeNew } from './statement-acceptance.ts'
import type { NetworkDocument, NetworkVersion, StoredStatement } from '@epione/protocol'
import type { ProvenAdminStatement } from '@epione/protocol/verify'
import type { LedgerContext } from './context.ts'

type Bounded = 'NetworkProposal' | 'NetworkApproval' | 'OrganizationKeys'

/** An admin's statement that was checked, the member for whom it speaks, and the document that says so. */
export interface AcceptedAdminStatement<T extends Bounded> {
  id: string
  type: T
  body: ProvenAdminStatement<T>['body']
  mspId: string
  inForce: NetworkDocument
  stored: StoredStatement
}

/** Accepts what one admin of one present member signed, whoever brings it, by the same rules as any statement. */
export async function acceptAdminStatement<T extends Bounded> (
  ctx: LedgerContext,
  type: T,
  json: string
): Promise<AcceptedAdminStatement<T>> {
  const { networkId, version } = await ctx.network()
  const statement = parseArgument(SignedAdminStatement, json, 'a signed statement', 'STATEMENT_INVALID')
  const { id, body, signers } = judge(() => openAdminStatement(type, statement, networkId))
  checkTimes(body, ctx.time)
  const inForce = await loadDocument(ctx, version)
  const mspId = adminOf(inForce, signers)
  if (mspId === undefined) {
    throw new LedgerError(
      'SIGNATURE_INVALID',
      `Sign this ${type} with one admin key that version ${String(version)} of the network document lists, and with no other key.`
    )
  }
  return { id, type, body, mspId, inForce, stored: await takeNew(ctx, id, statement) }
}

/** The document of a version that is in force. */
async function loadDocument (ctx: LedgerContext, version: number): Promise<NetworkDocument> {
  const signed = await ctx.state.get<NetworkVersion>(LEDGER_KEYS.networkDocument(version))
  if (signed === undefined) throw new LedgerError('INTERNAL', 'A network document is in force that is not there.')
  return documentIn(signed)
}

/** Runs a judgement of what admins signed. @throws {LedgerError} SIGNATURE_INVALID, STATEMENT_INVALID */
export function judge<V> (verify: () => V): V {
  try {
    return verify()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const code = error.code === 'SIGNATURE_INVALID' || error.code === 'SIGNER_WRONG' ? 'SIGNATURE_INVALID' : 'STATEMENT_INVALID'
    throw new LedgerError(
      code,
      `Send it as the admins signed it, each with the key that the network document lists: ${error.why}.`,
      { cause: error }
    )
  }
}
