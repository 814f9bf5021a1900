import type { ClientContext } from './context.ts'
import { ClientError, isClientError } from '../errors.ts'
import { orNotFound } from '../gateways/gateways.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { pause } from '../gateways/pause.ts'

/** How long in ms another organisation gets to show a statement committed. */
const CONFIRM_MS = 8_000
/** How long in ms other organisations that cannot be reached at all are tried. */
const REACH_MS = 4_000
const POLL_MS = 100

export interface Confirmation {
  /** True when a gateway of another organisation shows the statement committed. */
  confirmedElsewhere: boolean
  confirmedBy?: string
  warnings?: string[]
}

/** What the gateway said to whom the statement was given. */
export interface Submitted { statementId: string, txId?: string, through: GatewayApi }

type Look =
  | { kind: 'shown', mspId: string, txId: string, reference?: string }
  | { kind: 'not-shown', mspId: string }
  | { kind: 'unreachable' }

/**
 * A statement counts as done only when a gateway of another organisation shows it committed (PROTOCOL §4): this asks them
 * until one does. When none can be reached that is told, not hidden; when one is reached and knows nothing of it, the gateway that
 * claimed success is named. @throws {ClientError} STATEMENT_NOT_COMMITTED, RECEIPT_MISMATCH
 */
export async function confirmElsewhere (context: ClientContext, submitted: Submitted): Promise<Confirmation & { reference?: string }> {
  const started = performance.now()
  const limitMs = context.confirmMs ?? CONFIRM_MS
  const others = context.gateways.ofOtherOrganizations(submitted.through)
  for (;;) {
    const looks = others.map((gateway) => look(gateway, submitted.statementId))
    const shown = await firstShown(looks)
    if (shown !== undefined) return accept(shown, submitted)
    const elapsedMs = performance.now() - started
    const denying = (await Promise.all(looks)).find((l) => l.kind === 'not-shown')
    if (denying === undefined && elapsedMs > Math.min(limitMs, REACH_MS)) return unconfirmed(submitted)
    if (denying !== undefined && elapsedMs > limitMs) throw notCommitted(submitted, denying.mspId)
    await pause(POLL_MS)
  }
}

type Shown = Extract<Look, { kind: 'shown' }>

/** The first that shows it: one that lets wait, or answers nonsense, does not hide it. */
async function firstShown (looks: ReadonlyArray<Promise<Look>>): Promise<Shown | undefined> {
  const shown = looks.map(async (look): Promise<Shown> => {
    const found = await look
    return found.kind === 'shown' ? found : Promise.reject(new Error('not shown'))
  })
  return Promise.any(shown).catch(() => undefined)
}

async function look (gateway: GatewayApi, statementId: string): Promise<Look> {
  const { mspId } = gateway.info
  try {
    const receipt = await orNotFound(gateway.getStatement(statementId))
    if (receipt?.id !== statementId) return { kind: 'not-shown', mspId }
    return { kind: 'shown', mspId, txId: receipt.txId, ...(receipt.reference === undefined ? {} : { reference: receipt.reference }) }
  } catch (error) {
    if (isClientError(error, 'UNAVAILABLE')) return { kind: 'unreachable' }
    throw error
  }
}

function accept (shown: Shown, { txId, through }: Submitted): Confirmation & { reference?: string } {
  if (txId !== undefined && txId !== shown.txId) {
    const mspIds = [through.info.mspId, shown.mspId]
    throw new ClientError('RECEIPT_MISMATCH', `${mspIds[0] ??
      ''} names transaction ${txId}, ${shown.mspId} names ${shown.txId} for the same statement: one of them is wrong.`, {
      party: { kind: 'organizations', mspIds }
    })
  }
  return { confirmedElsewhere: true, confirmedBy: shown.mspId, ...(shown.reference === undefined ? {} : { reference: shown.reference }) }
}

function unconfirmed ({ statementId, through }: Submitted): Confirmation {
  return {
    confirmedElsewhere: false,
    warnings: [
      `Only ${through.info.mspId} says that statement ${statementId} is committed; no other organisation can be reached to confirm it.`
    ]
  }
}

function notCommitted ({ statementId, through }: Submitted, by: string): ClientError {
  return new ClientError(
    'STATEMENT_NOT_COMMITTED',
    `${through.info.mspId} claims that statement ${statementId} is committed, but ${by} does not show it.`,
    { party: { kind: 'gateway', mspId: through.info.mspId }, statementId }
  )
}
