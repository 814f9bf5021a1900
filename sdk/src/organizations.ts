import { CryptoError, PublicKey } from '@epione/crypto'
import { compareFoundings, describeDifferences } from '@epione/protocol'
import type { NetworkState } from '@epione/protocol'
import { networkIdHex } from './context.ts'
import type { ClientContext } from './context.ts'
import { ClientError } from './errors.ts'

/** A member hospital and its proxy's public keys, as two organisations show them. */
export interface Organization { readonly mspId: string, readonly id: string, readonly name: string, readonly encryptionKey: PublicKey, readonly signingKey: PublicKey, readonly formerSigningKeys: readonly PublicKey[] }

/** Every member with registered proxy keys, ordered by mspId, read through two organisations. */
export async function readOrganizations (context: ClientContext): Promise<Organization[]> {
  const answer = await context.gateways.askTwo('list of organisations',
    (gateway) => gateway.getOrganizations(),
    ({ items }) => items.map(({ mspId, id, name, encryptionKey, signingKey, formerSigningKeys = [] }) => [mspId, id, name, encryptionKey ?? '', signingKey ?? '', ...formerSigningKeys]).sort())
  const items = answer?.items ?? []
  if (new Set(items.map((o) => o.mspId)).size !== items.length) throw malformed('an organisation is listed twice')
  return items
    .flatMap(({ mspId, id, name, encryptionKey, signingKey, formerSigningKeys = [] }) => encryptionKey === undefined || signingKey === undefined ? [] : [{ mspId, id, name, encryptionKey: parse(encryptionKey), signingKey: parse(signingKey), formerSigningKeys: formerSigningKeys.map(parse) }])
    .sort((a, b) => a.mspId < b.mspId ? -1 : 1)
}

/** What the network was founded on, read through two organisations: bounds that a consent must keep. */
export async function readNetwork (context: ClientContext): Promise<{ memberMspIds: string[], shareMinimum: number }> {
  const answer = await context.gateways.askTwo('network description',
    (gateway) => gateway.getNetwork(),
    ({ networkId, members, settings }) => [networkId, members.map((m) => m.mspId).sort(), settings.shareMinimum])
  if (answer === undefined) throw new ClientError('NOT_FOUND', 'The network is not founded yet.')
  checkFounded(context, answer, context.gateways.own.info.mspId)
  return { memberMspIds: answer.members.map((m) => m.mspId), shareMinimum: answer.settings.shareMinimum }
}

/** What a gateway says of the network must be what the own network file says. @throws {ClientError} NETWORK_MISMATCH naming each difference */
export function checkFounded (context: ClientContext, { networkId, name, members, testing, settings }: NetworkState, mspId: string): void {
  const founded: NetworkState = { networkId, name, members, settings, ...(testing === true && { testing }) }
  const differences = compareFoundings(context.founding ?? { ...founded, networkId: networkIdHex(context) }, founded)
  if (differences.length === 0) return
  throw new ClientError('NETWORK_MISMATCH', `${mspId} serves another network. ${describeDifferences(differences)}`, { party: { kind: 'gateway', mspId } })
}

function parse (hex: string): PublicKey {
  try {
    return PublicKey.fromHex(hex)
  } catch (error) {
    if (error instanceof CryptoError) throw malformed('a proxy key is not a point of the curve', error)
    throw error
  }
}

function malformed (why: string, cause?: unknown): ClientError {
  return new ClientError('ANSWER_MALFORMED', `The list of organisations is refused: ${why}.`, { party: { kind: 'organizations' } }, { cause })
}
