import { ClientError } from '@epione/sdk'

/** A key file has some hundred bytes. */
const BYTES_MAX = 16_384
const PEM = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/

/** The secret (32 bytes) of an admin's key on P-256, as Fabric's tools keep it: PKCS #8 in PEM. @throws {ClientError} USAGE */
export async function readAdminKey (file: File): Promise<Uint8Array> {
  const [, text = ''] = file.size > BYTES_MAX ? [] : PEM.exec(await file.text()) ?? []
  try {
    const der = bytesOf(text)
    const key = await crypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
    der.fill(0)
    const { d = '' } = await crypto.subtle.exportKey('jwk', key)
    return bytesOf(d.replaceAll('-', '+').replaceAll('_', '/'))
  } catch (cause) {
    throw new ClientError(
      'USAGE', 'This file holds no private key on P-256 in PEM: choose the key file of an admin\'s certificate.', {}, { cause }
    )
  }
}

function bytesOf (base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
