import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fromHex, signAsAdmin, toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import {
  checkFounding, checkSchema, createNetworkDocument, hashOfDocument, LedgerError, NetworkDescription, NetworkDocument
} from '@epione/protocol'
import { verifyNetwork } from '@epione/protocol/verify'
import { Type } from 'typebox'

const { members, ...described } = NetworkDescription.properties
const { mspId, id, name, kind } = members.items.properties
const closed = { additionalProperties: false }

/** A network as its convener describes it: of each member the admins' certificates, PEM, take the place of their keys. */
const Description = Type.Object({
  ...described,
  members: Type.Array(Type.Object(
    { mspId, id, name, kind, adminCertificates: Type.Array(Type.String(), { minItems: 1 }) },
    closed
  ), { minItems: 1 })
}, closed)

/**
 * The network document of a description file. @throws {SchemaMismatch} and {LedgerError} ARGUMENT_INVALID, when nobody may found a network
 * on it
 */
export async function printNetworkDocument (descriptionFile: string): Promise<{ document: NetworkDocument, documentHash: string }> {
  const { members: listed, ...rest } = checkSchema(Description, JSON.parse(await readFile(descriptionFile, 'utf8')), descriptionFile)
  const document = createNetworkDocument({
    ...rest,
    members: listed.map((
      { adminCertificates, ...one }
    ) => ({ ...one, adminKeys: adminCertificates.map((pem) => compress(new X509Certificate(pem).publicKey)) }))
  })
  requireFoundable(checkSchema(NetworkDocument, document, 'the network document'))
  return { document, documentHash: hashOfDocument(document) }
}

/**
 * `Founding` of the document of a description file, signed with the admin's own key (PEM, P-256): what each founder gives to the
 * convener. It is made here, of what the founder checked itself. @throws {LedgerError} ARGUMENT_INVALID also unless it has the hash
 */
export async function signNetwork (descriptionFile: string, expectedHash: string, keyFile: string): Promise<SignedStatement> {
  const { document, documentHash } = await printNetworkDocument(descriptionFile)
  if (documentHash !== expectedHash) {
    throw new LedgerError('ARGUMENT_INVALID', `The document of this description has the hash ${documentHash}, not ${expectedHash}: sign nothing.`)
  }
  const key = createPrivateKey(await readFile(keyFile, 'utf8'))
  compress(key)
  const body = { type: 'Founding', version: document.version, documentHash }
  return signAsAdmin(body, fromHex(document.networkId, 32), Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'))
}

/**
 * The hash of a document of a file that every member signed for its own block 0, and which is that of the description file.
 * @throws {Refusal} and {LedgerError} ARGUMENT_INVALID unless it is so
 */
export async function verifyFoundingFile (descriptionFile: string, file: string): Promise<{ documentHash: string }> {
  const { documentHash } = await printNetworkDocument(descriptionFile)
  if (hashOfDocument(verifyNetwork(JSON.parse(await readFile(file, 'utf8')))) !== documentHash) {
    throw new LedgerError('ARGUMENT_INVALID', `The document of this description has the hash ${documentHash}: the members signed another.`)
  }
  return { documentHash }
}

/** Founders learn here, and not from the ledger, what is wrong. */
function requireFoundable (document: NetworkDocument): void {
  const faults = checkFounding(document)
  if (faults.length > 0) throw new LedgerError('ARGUMENT_INVALID', faults.join(' '))
}

/** 33-byte compressed point, hex. */
function compress (key: KeyObject): string {
  const { crv, x = '', y = '' } = key.export({ format: 'jwk' })
  if (crv !== 'P-256') throw new LedgerError('ARGUMENT_INVALID', 'Use an admin key on P-256, as Fabric does.')
  const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) & 1
  return toHex(Buffer.concat([Uint8Array.of(2 | odd), Buffer.from(x, 'base64url')]))
}
