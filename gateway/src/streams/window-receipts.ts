import { randomBytes, signStatement, toHex } from '@epione/crypto'
import type { SignedStatement, WindowReceipt } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import { checkStatement } from '../ledger/statements.ts'
import type { ProxyContext } from '../proxy/proxy-context.ts'

type Signer = Pick<ProxyContext, 'mspId' | 'keys' | 'networkId' | 'clock'>

/** This hospital's word that windows lie here, signed by its proxy; it is never on the ledger. */
export function signReceipt ({ mspId, keys, networkId, clock }: Signer, windowIds: readonly string[]): SignedStatement {
  const body: WindowReceipt = { type: 'WindowReceipt', nonce: toHex(randomBytes(16)), issuedAt: clock(), mspId, windowIds: [...windowIds] }
  const { body: text, signatures } = signStatement({ type: 'WindowReceipt', networkId, body, keys: [keys.signing] })
  return { body: text, signatures: [...signatures] }
}

/**
 * The windows of which another hospital says that it has them: signed with the key that the ledger shows for its proxy.
 * @throws {GatewayError} COPY_UNAVAILABLE
 */
export async function readReceipt (
  { ledger, networkId }: Pick<ProxyContext, 'ledger' | 'networkId'>, { mspId, receipt }: { mspId: string, receipt: SignedStatement }
): Promise<ReadonlySet<string>> {
  const { body, signers } = checkStatement('WindowReceipt', receipt, networkId)
  if (body.mspId === mspId && signers.join() === await signingKeyOf(ledger, mspId, signers.join())) return new Set(body.windowIds)
  throw new GatewayError('COPY_UNAVAILABLE', `${mspId} signed no receipt of its own`)
}

/**
 * Signing keys of proxies, by hospital, until a block says that one registered anew (`forgetSigningKeys`): what a former key signs does
 * not count then. One that signs with another is looked up again.
 */
const KNOWN = new WeakMap<ProxyContext['ledger'], Map<string, string>>()

/** Has the keys of all proxies read again: one of them has another. */
export function forgetSigningKeys (ledger: ProxyContext['ledger']): void {
  KNOWN.delete(ledger)
}

async function signingKeyOf (ledger: ProxyContext['ledger'], mspId: string, key: string): Promise<string | undefined> {
  const known = KNOWN.get(ledger)?.get(mspId)
  if (known === key) return known
  // Kept before it is read: what is read while one registers anew is forgotten as well.
  const proxies = new Map<string, string>()
  KNOWN.set(ledger, proxies)
  for (const proxy of await ledger.getProxies()) proxies.set(proxy.mspId, proxy.signingKey)
  return proxies.get(mspId)
}
