import { X509Certificate } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { Hash, NetworkDocument } from '@epione/protocol'
import { ClientError } from '@epione/sdk'
import { readText } from './files.ts'
import type { GatewayInfo } from '@epione/sdk'

const { mspId, id, name } = NetworkDocument.properties.members.items.properties
/** The part of network.json that a client copies. */
const NetworkFile = Type.Object({
  name: Type.String(),
  networkId: Hash,
  channel: Type.String({ minLength: 1 }),
  chaincode: Type.String({ minLength: 1 }),
  document: NetworkDocument,
  organizations: Type.Array(Type.Object({
    mspId,
    id,
    name,
    tlsCaFile: Type.String(),
    gateway: Type.Object({ url: Type.String({ pattern: '^https://' }) })
  }), { minItems: 1 })
})

/** A gateway with the one root that its hospital's configuration trusts. */
export type PinnedGateway = GatewayInfo & { tlsCaPem: string }

/** `document`: what the ledger must have been founded on. */
export interface KnownNetwork {
  networkId: string
  name: string
  channel: string
  chaincode: string
  document: NetworkDocument
  gateways: PinnedGateway[]
}

/** Reads network.json and the TLS roots it names; `ownId` (organisation id or mspId) comes first. @throws {ClientError} CONFIG_INVALID */
export async function readNetworkFile (path: string, ownId?: string): Promise<KnownNetwork> {
  const file = parseNetworkFile(path, await readText(path))
  const gateways = await Promise.all(file.organizations.map(async ({ mspId, id, name, tlsCaFile, gateway }) =>
    ({ mspId, id, name, url: gateway.url, tlsCaPem: await readRoot(resolve(dirname(path), tlsCaFile), name) })))
  const { networkId, name, channel, chaincode, document } = file
  return { networkId, name, channel, chaincode, document, gateways: putOwnFirst(gateways, ownId) }
}

/** The own hospital's gateway first. @throws {ClientError} USAGE for an organisation that is not there */
export function putOwnFirst <G extends GatewayInfo> (gateways: readonly G[], ownId?: string): G[] {
  if (ownId === undefined) return [...gateways]
  const own = gateways.find((g) => g.id === ownId || g.mspId === ownId)
  if (own === undefined) {
    throw new ClientError('USAGE', `There is no organisation "${ownId}"; there are ${gateways.map((g) => g.id).join(', ')}.`)
  }
  return [own, ...gateways.filter((g) => g !== own)]
}

/** A torn root would look as if its hospital could not be reached. */
async function readRoot (path: string, hospital: string): Promise<string> {
  const pem = await readText(path)
  const parse = (): X509Certificate => new X509Certificate(pem)
  try {
    parse()
    return pem
  } catch (cause) {
    throw new ClientError(
      'CONFIG_INVALID',
      `${path} holds no whole certificate: copy the TLS root of ${hospital} there again, as its administration hands it out.`,
      { path },
      { cause }
    )
  }
}

function parseNetworkFile (path: string, text: string): Static<typeof NetworkFile> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Value.Check(NetworkFile, parsed)) return parsed
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new ClientError('CONFIG_INVALID', `${path} is not the network.json of an Epione network.`, { path })
}
