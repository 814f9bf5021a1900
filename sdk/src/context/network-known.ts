import { Type } from 'typebox'
import { Hash, MspId, NetworkDocument } from '@epione/protocol'

/** Which network, and how its gateways are reached: what a person's or a device's home keeps of it. */
export const NetworkKnown = {
  networkId: Hash,
  networkName: Type.String(),
  /** Where its contracts are: devices that sign transactions themselves compare it. */
  channel: Type.Optional(Type.String({ minLength: 1 })),
  chaincode: Type.Optional(Type.String({ minLength: 1 })),
  /** The document that the ledger must have been founded on. */
  document: NetworkDocument,
  /** The own hospital's first. */
  gateways: Type.Array(Type.Object({
    mspId: MspId,
    id: Type.String(),
    name: Type.String(),
    url: Type.String(),
    tlsCaPem: Type.String()
  }), { minItems: 1 })
}
