import { createPrivateKey } from 'node:crypto'
import { ClientError } from '@epione/sdk'
import { readText } from './files.ts'

/** The secret (32 bytes) of an admin's key on P-256, as Fabric's tools keep it: PEM. @throws {ClientError} CONFIG_INVALID */
export async function readAdminKey (path: string): Promise<Uint8Array> {
  const pem = await readText(path)
  const read = (): { crv?: string | undefined, d?: string | undefined } => createPrivateKey(pem).export({ format: 'jwk' })
  try {
    const { crv, d } = read()
    if (crv === 'P-256' && d !== undefined) return new Uint8Array(Buffer.from(d, 'base64url'))
  } catch (cause) {
    throw new ClientError('CONFIG_INVALID', `${path} holds no private key: name the key file of an admin's certificate.`, { path }, { cause })
  }
  throw new ClientError('CONFIG_INVALID', `${path} holds a key of another kind than P-256, which admins of Fabric have.`, { path })
}
