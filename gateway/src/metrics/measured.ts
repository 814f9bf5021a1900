import { LedgerError } from '@epione/protocol'
import type { LedgerPort } from '@epione/ledger/client'
import { LedgerUnavailable, SignatureRequired } from '@epione/ledger/fabric'
import type { LedgerConnection } from '@epione/ledger/fabric'
import { isRefusal } from '../errors.ts'
import type { Reencryptor } from '../proxy/reencryptor.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Metrics, Outcome } from './metrics.ts'

/** A read conflict is told by its name: the ledger's client tries it again and shows it to nobody. */
const READ_CONFLICT = 'ReadConflict'

function outcomeOf (error: unknown): Outcome {
  if (error instanceof LedgerError) return 'refused'
  if (error instanceof LedgerUnavailable) return 'unavailable'
  // A step on the way: its device is asked to sign.
  if (error instanceof SignatureRequired) return 'ok'
  if (error instanceof Error && error.name === READ_CONFLICT) return 'conflict'
  return isRefusal(error) ? 'refused' : 'failed'
}

/** Does some work, and tells how long it took (s) and how it ended. */
async function measured<T> (work: () => Promise<T>, tell: (outcome: Outcome, seconds: number) => void): Promise<T> {
  const begun = performance.now()
  const end = (outcome: Outcome): void => { tell(outcome, (performance.now() - begun) / 1000) }
  try {
    const result = await work()
    end('ok')
    return result
  } catch (error) {
    end(outcomeOf(error))
    throw error
  }
}

/** The same connection, with each call of its ports measured and traced. */
export function measureLedger (connection: LedgerConnection, { ledgerSeconds }: Metrics, { within }: Tracing): LedgerConnection {
  const tell = (call: string) => (outcome: Outcome, seconds: number): void => { ledgerSeconds.observe({ call, outcome }, seconds) }
  const measurePort = (port: LedgerPort): LedgerPort => ({
    submit: async (name, args) =>
      await measured(async () => await within(`submit ${name}`, {}, async () => await port.submit(name, args)), tell('submit')),
    evaluate: async (name, args) =>
      await measured(async () => await within(`evaluate ${name}`, {}, async () => await port.evaluate(name, args)), tell('evaluate'))
  })
  return {
    portFor: (identity) => measurePort(connection.portFor(identity)),
    devicePortFor: (identity, desk) => measurePort(connection.devicePortFor(identity, desk)),
    networkId: async () => await connection.networkId(),
    height: async () => await connection.height(),
    blocks: (from, signal) => connection.blocks(from, signal),
    findTransaction: async (txId) => await connection.findTransaction(txId),
    blockHolding: async (txId) => await connection.blockHolding(txId),
    settleJournal: async (createdBefore) => await connection.settleJournal(createdBefore),
    close: async () => { await connection.close() }
  }
}

/** The same proxy's work, measured and traced. */
export function measureReencryptor (reencryptor: Reencryptor, { reencryptSeconds, capsules }: Metrics, { within }: Tracing): Reencryptor {
  return {
    ...reencryptor,
    reencrypt: async (task, ...of) => await measured(async () => {
      const made = await within('reencrypt capsules', { capsules: task.capsules.length }, async () => await reencryptor.reencrypt(task, ...of))
      capsules.inc(task.capsules.length - made.broken.length)
      return made
    }, (outcome, seconds) => { reencryptSeconds.observe({ outcome }, seconds) })
  }
}
