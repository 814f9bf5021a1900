import type { JSONWebKeySet } from 'jose'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { FhirError } from '../errors.ts'
import { FollowedFile } from '../followed-file.ts'

const PublicKey = Type.Object({
  kty: Type.Enum(['RSA', 'EC']),
  kid: Type.Optional(Type.String()),
  /** Keys that are secret have no place here. */
  d: Type.Optional(Type.Never())
})

/** A program of the hospital, and what it may do at most. */
export const SmartClient = Type.Object({
  id: Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' }),
  /** SMART scopes (`system/Observation.rs`), of which a token has those that it is asked for with. */
  scope: Type.String({ minLength: 1, maxLength: 4_096 }),
  /** Purposes of use; absent: any. */
  purposes: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  /** Public keys with which it proves who it is. */
  jwks: Type.Object({ keys: Type.Array(PublicKey, { minItems: 1, maxItems: 8 }) })
}, { additionalProperties: false })
export type SmartClient = Omit<Static<typeof SmartClient>, 'jwks'> & { jwks: JSONWebKeySet }

const File = Type.Object({ callers: Type.Array(SmartClient) }, { additionalProperties: false })

/** Programs that get tokens of their own. */
export interface Clients {
  all: () => Promise<readonly SmartClient[]>
}

/** `{"callers": […]}` in a file, read again when it changes: who is taken out is let in no more. @throws {FhirError} CALLERS_INVALID */
export class ClientsFile implements Clients {
  readonly #file: FollowedFile<readonly SmartClient[]>

  constructor (path: string) {
    this.#file = new FollowedFile(path, (text) => parse(text, path))
  }

  async all (): Promise<readonly SmartClient[]> {
    return await this.#file.read()
  }
}

function parse (text: string, path: string): readonly SmartClient[] {
  const value = parseJson(text)
  if (!Value.Check(File, value)) {
    const [fault] = Value.Errors(File, value)
    throw invalid(`${path} does not say who calls${fault === undefined ? '' : `, at ${fault.instancePath || 'its root'}`}: {"callers": [{"id": "lab", "scope": "system/Observation.rs", "jwks": {"keys": […]}}]}, public keys of type RSA or EC`)
  }
  const twice = value.callers.find(({ id }, index) => value.callers.findIndex((other) => other.id === id) !== index)
  if (twice !== undefined) throw invalid(`${path} has two callers "${twice.id}"`)
  return value.callers
}

const invalid = (message: string): FhirError => new FhirError('CALLERS_INVALID', message)

function parseJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Told as a file that says nothing.
    return undefined
  }
}
