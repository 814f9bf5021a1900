import type { SecondFactor } from '@epione/sdk'

/** The authenticator cannot answer with a secret. */
export class NoPrf extends Error {
  override readonly name = 'NoPrf'
}

/** What an authenticator answers for a keystore. */
export interface Second { factor: SecondFactor, secret: Uint8Array }

const toHex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

/** Makes a credential at an authenticator that the person chooses, and has it answer for a new salt. @throws {NoPrf} */
export async function makeSecond (): Promise<Second> {
  const salt = crypto.getRandomValues(new Uint8Array(32))
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { id: location.hostname, name: 'Epione' },
      // Nothing of the person: authenticators show this name.
      user: { id: crypto.getRandomValues(new Uint8Array(32)), name: 'Epione', displayName: 'Epione' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
      authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
      extensions: { prf: {} }
    }
  }) as PublicKeyCredential | null
  if (credential?.getClientExtensionResults().prf?.enabled !== true) throw new NoPrf('this authenticator has no PRF')
  const factor: SecondFactor = { name: 'webauthn-prf', credentialId: toHex(credential.rawId), salt: toHex(salt.buffer) }
  return { factor, secret: await askSecond(factor) }
}

/** What the authenticator answers for the salt of a keystore: 32 bytes. @throws {NoPrf} */
export async function askSecond ({ credentialId, salt }: SecondFactor): Promise<Uint8Array> {
  const assertion = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rpId: location.hostname,
      allowCredentials: [{ type: 'public-key', id: fromHex(credentialId) }],
      userVerification: 'required',
      extensions: { prf: { eval: { first: fromHex(salt) } } }
    }
  }) as PublicKeyCredential | null
  const answer = assertion?.getClientExtensionResults().prf?.results?.first
  if (answer === undefined) throw new NoPrf('this authenticator has no PRF')
  return answer instanceof ArrayBuffer ? new Uint8Array(answer) : new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength)
}
