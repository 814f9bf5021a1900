import { verify } from 'node:crypto'
import { isLowS } from './low-s.ts'
import type { ChannelConfig } from './channel-config.ts'
import type { SignedBytes } from './endorser-transaction.ts'
import type { Member } from './msp.ts'

/**
 * The member who signed, or undefined: nobody of the channel, a high s, or a signature that does not verify. The work is done in Node's
 * thread pool.
 */
export async function findSigner ({ identity, data, signature }: SignedBytes, config: ChannelConfig): Promise<Member | undefined> {
  const member = config.member(identity)
  if (member === undefined || !isLowS(signature)) return undefined
  const isGood = await new Promise<boolean>((resolve, reject) => {
    verify('sha256', data, member.key, signature, (error, result) => { if (error === null) resolve(result); else reject(error) })
  })
  return isGood ? member : undefined
}

/** Those who really signed, each once. */
export async function findSigners (signed: readonly SignedBytes[], config: ChannelConfig): Promise<Member[]> {
  const found = await Promise.all(signed.map((one) => findSigner(one, config)))
  return [...new Map(found.filter((member) => member !== undefined).map((member) => [member.id, member])).values()]
}
