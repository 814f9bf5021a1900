import type { WrapOutline } from '@epione/crypto'
import type { AnswerFailure, FalseAnswer } from './cfrags.ts'
import type { PractitionerContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'

/** A proxy that gave a false answer. */
export interface Liar {
  mspId: string
  failure: AnswerFailure
  /** True when the ledger accepted the evidence and keeps it in the proxy's name. */
  accused: boolean
  txId?: string
  blockNumber?: number
}

/**
 * Puts each signed lie on the ledger through the own gateway. An answer without the proxy's signature proves nothing and is only
 * named; an accusation that cannot be made now does not keep the reader from what the others proved.
 */
export async function accuseLiars (
  context: PractitionerContext,
  { eventId, outlines, answers }: { eventId: string, outlines: ReadonlyMap<string, WrapOutline>, answers: readonly FalseAnswer[] }
): Promise<{ liars: Liar[], warnings: string[] }> {
  const warnings: string[] = []
  const liars = await Promise.all(answers.map(async ({ mspId, failure, provable, answer }): Promise<Liar> => {
    if (!provable) {
      warnings.push(
        `The answer passed on in the name of ${mspId} is false (${failure}), but nothing proves who made it so: it or the gateway in between.`
      )
      return { mspId, failure, accused: false }
    }
    try {
      const { txId, blockNumber } = await context.gateways.own.accuse(
        eventId,
        { mspId, answer, wraps: answer.body.wrapHashes.flatMap((hash) => outlines.get(hash) ?? []) },
        context.token.authorize
      )
      return { mspId, failure, accused: true, txId, blockNumber }
    } catch (error) {
      if (!isClientError(error)) throw error
      warnings.push(`${mspId} signed a false answer (${failure}); the accusation could not be recorded: ${error.message}`)
      return { mspId, failure, accused: false }
    }
  }))
  return { liars, warnings }
}
