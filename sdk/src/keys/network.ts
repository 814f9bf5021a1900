import type { NetworkDocument, NetworkVersion } from '@epione/protocol'
import { requireNetwork, requireSameDocument, verifyAmendment, verifyNetwork } from '@epione/protocol/verify'
import { networkIdHex } from '../context/context.ts'
import type { ClientContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'

/**
 * Proves the network document that a gateway shows as the one in force: it is that of the own network file, with every founder's
 * signature, or follows from it version by version, each proposed and approved by the members of the one before. Without a file it
 * follows from whatever was founded under this network id. @throws {ClientError} NETWORK_MISMATCH naming each difference
 */
export async function proveNetwork (context: ClientContext, gateway: GatewayApi, shown: NetworkDocument): Promise<NetworkDocument> {
  const ask = async (version: number): Promise<NetworkVersion> => (await gateway.getNetworkVersion(version)).signed
  const judge = <T>(verify: () => T): T => judged({ kind: 'gateway', mspId: gateway.info.mspId }, verify)
  const own = context.document
  // Whoever shows an older version than the own one, or another network, is shown the differences.
  if (own !== undefined && shown.version <= own.version) judge(() => { requireSameDocument(own, shown) })
  const first = await ask(own?.version ?? 1)
  let proven = judge(() => own === undefined ? requireFounding(first, networkIdHex(context)) : requireNetwork(own, first))
  while (proven.version < shown.version) {
    const [before, next] = [proven, await ask(proven.version + 1)]
    proven = judge(() => verifyAmendment(before, next))
  }
  judge(() => { requireSameDocument(proven, shown) })
  return proven
}

/**
 * What a gateway, by default the own, shows as the document in force, proven ({@link proveNetwork}).
 * @throws {ClientError} NETWORK_MISMATCH
 */
export async function readNetworkDocument (context: ClientContext, gateway: GatewayApi = context.gateways.own): Promise<NetworkDocument> {
  return await proveNetwork(context, gateway, (await gateway.getNetwork()).document)
}

/** The document that a network was founded by: every founder signed it, and it is of this network id. @throws {Refusal} */
export function requireFounding (signed: NetworkVersion, networkId: string): NetworkDocument {
  const document = verifyNetwork(signed)
  requireSameDocument({ ...document, networkId }, document)
  return document
}
