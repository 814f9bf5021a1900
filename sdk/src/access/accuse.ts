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

type Place = Pick<Liar, 'txId' | 'blockNumber'>

/**
 * Puts a signed lie of each proxy on the ledger through the own gateway: one convicts it, however many it signed. An answer without the
 * proxy's signature proves nothing and is only named; an accusation that cannot be made now does not keep the reader from what the others
 * proved.
 */
export async function accuseLiars (
  context: PractitionerContext,
  { eventId, outlines, answers }: { eventId: string, outlines: ReadonlyMap<string, WrapOutline>, answers: readonly FalseAnswer[] }
): Promise<{ liars: Liar[], warnings: string[] }> {
  const warnings: string[] = []
  const proven = Map.groupBy(answers.filter(({ provable }) => provable), ({ mspId }) => mspId)
  const convictions = new Map(await Promise.all([...proven].map(async ([mspId, lies]) =>
    [mspId, await convict(context, { eventId, outlines, lies }, warnings)] as const)))
  const liars = answers.map(({ mspId, failure, provable }): Liar => {
    if (!provable) {
      warnings.push(
        `The answer passed on in the name of ${mspId} is false (${failure}), but nothing proves who made it so: it or the gateway in between.`
      )
    }
    const conviction = provable ? convictions.get(mspId) : undefined
    return { mspId, failure, accused: conviction !== undefined, ...conviction }
  })
  return { liars, warnings }
}

/** Accuses one proxy of its lies in turn until one is on the ledger. */
async function convict (
  context: PractitionerContext,
  { eventId, outlines, lies }: { eventId: string, outlines: ReadonlyMap<string, WrapOutline>, lies: readonly FalseAnswer[] },
  warnings: string[]
): Promise<Place | undefined> {
  const refusals: string[] = []
  for (const { mspId, failure, answer } of lies) {
    try {
      const { txId, blockNumber } = await context.gateways.own.accuse(
        eventId,
        { mspId, answer, wraps: answer.body.wrapHashes.flatMap((hash) => outlines.get(hash) ?? []) },
        context.token.authorize
      )
      return { txId, blockNumber }
    } catch (error) {
      if (!isClientError(error)) throw error
      refusals.push(`${mspId} signed a false answer (${failure}); the accusation could not be recorded: ${error.message}`)
    }
  }
  warnings.push(...refusals)
  return undefined
}
