import { CryptoError, PublicKey } from '@epione/crypto'
import { hashOfDocument } from '@epione/protocol'
import type { Conviction, NetworkDocument, ProxyState } from '@epione/protocol'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { proveNetwork } from './network.ts'

/** A member hospital and its proxy's public keys, as two organisations show them. */
export interface Organization {
  readonly mspId: string
  readonly id: string
  readonly name: string
  readonly encryptionKey: PublicKey
  readonly signingKey: PublicKey
  readonly formerSigningKeys: ProxyState['formerSigningKeys']
  /** Of a false answer, cleared or not: `standingConviction`. */
  readonly conviction?: Conviction
}

/** Every member with registered proxy keys, ordered by mspId, read through two organisations. */
export async function readOrganizations (context: ClientContext): Promise<Organization[]> {
  const answer = await context.gateways.askTwo('list of organisations',
    (gateway) => gateway.getOrganizations(),
    ({ items }) =>
      items.map((
        { mspId, id, name, encryptionKey, signingKey, formerSigningKeys = [], conviction }
      ) => [mspId, id, name, encryptionKey ?? '', signingKey ?? '', ...formerSigningKeys.map(({ key, until }) => `${key} ${String(until)}`), conviction?.txId ?? '']).sort())
  const items = answer?.items ?? []
  if (new Set(items.map((o) => o.mspId)).size !== items.length) throw malformed('an organisation is listed twice')
  return items
    .flatMap(
      (
        { mspId, id, name, encryptionKey, signingKey, formerSigningKeys = [], conviction }
      ) => encryptionKey === undefined || signingKey === undefined
        ? []
        : [
            {
              mspId,
              id,
              name,
              encryptionKey: parse(encryptionKey),
              signingKey: parse(signingKey),
              formerSigningKeys,
              ...(conviction !== undefined && { conviction })
            }
          ]
    )
    .sort((a, b) => a.mspId < b.mspId ? -1 : 1)
}

/** What of the network document a consent must keep, and which proxies it clears of what they are convicted of. */
export interface NetworkBounds {
  readonly memberMspIds: readonly string[]
  readonly shareMinimum: number
  readonly clearances: NonNullable<NetworkDocument['clearances']>
}

/** The network document, read through two organisations and verified: bounds that a consent must keep. */
export async function readNetwork (context: ClientContext): Promise<NetworkBounds> {
  const answer = await context.gateways.askTwo('network document',
    (gateway) => gateway.getNetwork(),
    ({ document }) => hashOfDocument(document))
  if (answer === undefined) throw new ClientError('NOT_FOUND', 'The network is not founded yet.')
  const own = context.document
  // What was verified when this client was set up needs no signature again.
  const isOwn = own !== undefined && hashOfDocument(own) === hashOfDocument(answer.document)
  const { members, settings, clearances = [] } = isOwn ? own : await proveNetwork(context, context.gateways.own, answer.document)
  return { memberMspIds: members.map((m) => m.mspId), shareMinimum: settings.shareMinimum, clearances }
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
  return new ClientError('ANSWER_MALFORMED', `The list of organisations is refused: ${why}.`, {
    party: { kind: 'organizations' }
  }, { cause })
}
