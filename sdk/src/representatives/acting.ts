import { isInTime } from '@epione/protocol/verify'
import type { VerifiedDirectory, VerifiedRepresentation } from '@epione/protocol/verify'
import { ActingKeys, actingKeysAssociatedData, exportSecret, fromHex, openSealed, PublicKey, sealTo, SecretKey, toHex, utf8 } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { CATEGORY_NAMES, REPRESENTATIONS_EVER_MAX } from '@epione/protocol'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { decodeText } from '../files/decode-text.ts'
import { parseJsonFile } from '../files/json-file.ts'
import { categoryOfLabel, readDirectory } from '../keys/directory.ts'
import { findOwnKeys } from '../keys/own-keys.ts'
import type { GuardianContext } from '../recovery/guardian-key.ts'
import { parseRepresentation, openRepresentation, SealedActingKeys } from './files.ts'
import type { RepresentationFile } from './files.ts'

/** What acting needs, sealed to a representative: every key there was of every category, and none of a later epoch. */
export function sealActingKeys (
  { keys, patientId }: PatientContext, directory: VerifiedDirectory, { id, receivingKey }: { id: string, receivingKey: string }
): string {
  const secretOf = (key: SecretKey): string => {
    const secret = exportSecret(key)
    const hex = toHex(secret)
    secret.fill(0)
    return hex
  }
  const all = directory.versions.flatMap(({ body }) => body.compartments)
  const compartments = CATEGORY_NAMES.flatMap((category) => {
    const epochs = [...new Set(all.filter(({ label }) => categoryOfLabel(keys, label) === category).map(({ epoch }) => epoch))]
    const held = epochs.sort((a, b) => a - b).map((epoch) => ({ epoch, secret: secretOf(keys.compartment(category, epoch)) }))
    return held.length === 0 ? [] : [{ category, salt: toHex(keys.labelSalt(category)), keys: held }]
  })
  const { kfragSigning } = findOwnKeys(directory, keys)
  const acting: SealedActingKeys = { kfragSigning: secretOf(keys.kfragSigning(kfragSigning)), compartments }
  const bytes = utf8(JSON.stringify(acting))
  try {
    return toHex(sealTo(PublicKey.fromHex(receivingKey), bytes, actingKeysAssociatedData(patientId, fromHex(id))))
  } finally {
    bytes.fill(0)
  }
}

/** The number of the own keys that a representation names. @throws {ClientError} NOT_FOUND */
export function findRepresentativeKeys (keys: KeyRing, patientId: string, representativeKey: string): ReturnType<KeyRing['representative']> {
  for (let number = 1; number <= REPRESENTATIONS_EVER_MAX; number += 1) {
    const own = keys.representative(patientId, number)
    if (own.signing.publicKey().toHex() === representativeKey) return own
  }
  throw new ClientError('NOT_FOUND', 'The representation is not of this home\'s phrase.', { patientId })
}

/** A representation that was accepted: whom for, and by what name the patient is called. */
export interface Accepted { patientId: string, representationId: string, name: string, relation: string, notAfter: number }

/**
 * Opens what a patient handed over and stands in for them: the ledger must show the representation in force, and the keys must be those of
 * the patient's directory. @throws {ClientError} USAGE, NOT_FOUND, REPRESENTATION_ENDED, REPRESENTATION_INVALID
 */
export async function actFor (context: GuardianContext, text: string): Promise<PatientContext & { accepted: Accepted }> {
  const file = parseRepresentation(context, text)
  const { id, body: { patientId, representativeKey, relation, notAfter } } = openRepresentation(context, file)
  const directory = await readDirectory(context, patientId)
  const own = findRepresentativeKeys(context.keys, patientId, representativeKey)
  const representation = directory.representations.find((r) => r.id === id)
  if (representation === undefined) {
    throw new ClientError('NOT_FOUND', 'No registration desk has confirmed the representation yet: "epione representative confirm".', {
      patientId, representationId: id
    })
  }
  requireRepresenting(representation, currentTime(context))
  const keys = new ActingKeys({ signing: own.signing, ...openActingKeys(file, { id, patientId, receiving: own.receiving }) })
  findOwnKeys(directory, keys)
  return { ...context, role: 'patient', patientId, keys, accepted: { patientId, representationId: id, name: file.name, relation, notAfter } }
}

/** @throws {ClientError} REPRESENTATION_ENDED */
export function requireRepresenting (representation: VerifiedRepresentation, now: number): void {
  if (representation.endedAt === undefined && isInTime(representation, now)) return
  const until = new Date(representation.endedAt ?? representation.notAfter).toISOString()
  throw new ClientError('REPRESENTATION_ENDED', `You act for this patient no more: it ended ${until}.`, { representationId: representation.id })
}

function openActingKeys (
  { sealed }: RepresentationFile, { id, patientId, receiving }: { id: string, patientId: string, receiving: SecretKey }
): Pick<ConstructorParameters<typeof ActingKeys>[0], 'kfragSigning' | 'compartments'> {
  const otherwise = 'The keys in the file do not open with those of this home: ask the patient for the file anew.'
  try {
    const bytes = openSealed(receiving, fromHex(sealed), actingKeysAssociatedData(patientId, fromHex(id)))
    const { kfragSigning, compartments } = parseJsonFile(SealedActingKeys, decodeText(bytes, 'keys'), otherwise)
    bytes.fill(0)
    return {
      kfragSigning: SecretKey.fromBytes(fromHex(kfragSigning)),
      compartments: compartments.map(({ category, salt, keys }) => ({
        category,
        salt: fromHex(salt),
        keys: new Map(keys.map(({ epoch, secret }) => [epoch, SecretKey.fromBytes(fromHex(secret))]))
      }))
    }
  } catch (cause) {
    throw new ClientError('REPRESENTATION_INVALID', otherwise, { party: { kind: 'patient', patientId } }, { cause })
  }
}
