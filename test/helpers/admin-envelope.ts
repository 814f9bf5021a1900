import { createECDH, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { common, msp, peer } from '@hyperledger/fabric-protos'
import { createCertificate } from './certificates.ts'

/* Envelopes that an organisation's admin signed, in the form in which Fabric's blocks have them. */

/** The P-256 key of a secret of 32 bytes. */
export function keyOfSecret (secret: Uint8Array): KeyObject {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(secret)
  const point = ecdh.getPublicKey()
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: Buffer.from(secret).toString('base64url'), x, y }, format: 'jwk' })
}

/** Identity of an organisation's admin, serialized. */
export function adminIdentity (mspId: string, secret: Uint8Array): Uint8Array {
  const identity = new msp.SerializedIdentity()
  identity.setMspid(mspId)
  const certificate = createCertificate({ commonName: 'admin', units: ['admin'], attributes: {} }, createPublicKey(keyOfSecret(secret)))
  identity.setIdBytes(Buffer.from(certificate))
  return identity.serializeBinary()
}

/** What a transaction was called with, as its proposal has it. */
export function proposalOf (args: readonly string[]): Uint8Array {
  const input = new peer.ChaincodeInput()
  input.setArgsList(args.map((text) => Buffer.from(text)))
  const spec = new peer.ChaincodeSpec()
  spec.setInput(input)
  const invocation = new peer.ChaincodeInvocationSpec()
  invocation.setChaincodeSpec(spec)
  const proposal = new peer.ChaincodeProposalPayload()
  proposal.setInput(invocation.serializeBinary())
  return proposal.serializeBinary()
}

/** Half of the order of P-256: Fabric takes no signature whose s is greater. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** Signs an envelope's payload as Fabric does: ECDSA in DER, low s. */
export function signEnvelope (payload: Uint8Array, secret: Uint8Array): Uint8Array {
  const raw = sign('sha256', payload, { key: keyOfSecret(secret), dsaEncoding: 'ieee-p1363' })
  const r = BigInt(`0x${raw.subarray(0, 32).toString('hex')}`)
  const s = BigInt(`0x${raw.subarray(32).toString('hex')}`)
  const body = Buffer.concat([integer(r), integer(s > ORDER / 2n ? ORDER - s : s)])
  const envelope = new common.Envelope()
  envelope.setPayload(payload)
  envelope.setSignature(Buffer.concat([Buffer.of(0x30, body.length), body]))
  return envelope.serializeBinary()
}

function integer (value: bigint): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + hex.length % 2, '0'), 'hex')
  const content = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes
  return Buffer.concat([Buffer.of(2, content.length), content])
}
