import { verify, X509Certificate } from 'node:crypto'
import identities from '@hyperledger/fabric-protos/lib/msp/identities_pb.js'
import { toHex } from '@epione/crypto'
import { readBytes, readEnvelope } from '../blocks/index.ts'
import { isLowS } from './low-s.ts'
import type { EnvelopeContents } from '../blocks/index.ts'

/** What somebody submitted to the ledger under a certificate, proven by the envelope alone. */
export interface SignedCall {
  mspId: string
  /** 33-byte compressed point of P-256, hex: the public key of the certificate, as network documents list admins'. */
  key: string
  /** The transaction's name, then its arguments, as text. */
  args: string[]
}

/** Fields of an `Envelope` (fabric-protos: common/common.proto). */
const [PAYLOAD, SIGNATURE] = [1, 2]

/**
 * Who submitted an envelope, and what it says, when its signature is good; undefined for anything else. Whether the ledger took it, and
 * whose the key is, is not judged here. Time and memory are linear in the bytes.
 */
export function readSignedCall (envelope: Uint8Array): SignedCall | undefined {
  try {
    const contents = readEnvelope(envelope)
    if (contents === undefined) return undefined
    const signature = readBytes(envelope, SIGNATURE)
    const identity = identities.SerializedIdentity.deserializeBinary(contents.creator)
    const { publicKey } = new X509Certificate(Buffer.from(identity.getIdBytes_asU8()))
    if (!isLowS(signature) || !verify('sha256', readBytes(envelope, PAYLOAD), publicKey, signature)) return undefined
    const { crv, x, y } = publicKey.export({ format: 'jwk' })
    if (crv !== 'P-256' || x === undefined || y === undefined) return undefined
    return { mspId: identity.getMspid(), key: compress(Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')), args: textsOf(contents) }
  } catch {
    // Decoders of protobuf and X.509 throw whatever they like at bytes that are none.
    return undefined
  }
}

const compress = (x: Uint8Array, y: Uint8Array): string => `${(y.at(-1) ?? 0) % 2 === 0 ? '02' : '03'}${toHex(x)}`

function textsOf ({ args }: EnvelopeContents): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return args.map((bytes) => decoder.decode(bytes))
}
