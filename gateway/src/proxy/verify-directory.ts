import { patientIdOf, PublicKey } from '@epione/crypto'
import type { KeyDirectory, Level, PatientDirectory } from '@epione/chaincode/model'
import { unproven } from './statement-reader.ts'
import type { StatementReader, VerifiedStatement } from './statement-reader.ts'

export interface VerifiedCompartment { label: string, epoch: number, level: Level, key: PublicKey }

/** A patient's keys, each proven by the chain of signed directory versions that begins at the patient's id. */
export interface VerifiedDirectory {
  patientId: string
  /** The patient's identity key, hex. */
  identityKey: string
  version: number
  /** The kfrag-signing key of one version: a consent's kfrags are signed with that of the version it was granted under. */
  kfragSigningKey (version: number): PublicKey | undefined
  compartment (label: string, epoch: number): VerifiedCompartment | undefined
  /** True when the patient's identity key is among the signers. */
  hasSigned (statement: { signers: readonly string[] }): boolean
}

/**
 * Proves a directory that a peer returned: version 1 holds the key whose hash is `patientId` and is signed by it; every
 * later version names the one before and is signed by the same key (PROTOCOL §1).
 * @throws {GatewayError} STATEMENT_UNPROVEN
 */
export function verifyDirectory (directory: PatientDirectory, patientId: string, reader: StatementReader): VerifiedDirectory {
  const versions = directory.versions.map((stored) => reader.readStored('KeyDirectory', stored))
  versions.forEach((version, index) => checkVersion(version, versions[index - 1], patientId, index + 1))
  const newest = versions.at(-1)
  if (newest === undefined) throw unproven(`patient ${patientId} has no directory`)
  const compartments = collectCompartments(versions.map((v) => v.body))
  const { identityKey, version } = newest.body
  return {
    patientId,
    identityKey,
    version,
    kfragSigningKey: (number) => {
      const key = versions[number - 1]?.body.kfragSigningKey
      return key === undefined ? undefined : PublicKey.fromHex(key)
    },
    compartment: (label, epoch) => {
      const listed = compartments.get(`${label}/${epoch}`)
      return listed === undefined ? undefined : { ...listed, key: PublicKey.fromHex(listed.key) }
    },
    hasSigned: ({ signers }) => signers.includes(identityKey)
  }
}

function checkVersion (version: VerifiedStatement<'KeyDirectory'>, former: VerifiedStatement<'KeyDirectory'> | undefined, patientId: string, number: number): void {
  const { body, signers } = version
  if (body.patientId !== patientId || body.version !== number) throw unproven(`directory version ${number} of patient ${patientId} is another's`)
  // A new identity key counts only after days in which it can be stopped; this network has no way to stop one, so none counts.
  if (former !== undefined && former.body.identityKey !== body.identityKey) throw unproven(`directory version ${number} of patient ${patientId} replaces the identity key`)
  if (!signers.includes(body.identityKey)) throw unproven(`directory version ${number} of patient ${patientId} is not signed by the patient`)
  if (body.previous !== former?.id) throw unproven(`directory version ${number} of patient ${patientId} does not follow the one before`)
  if (former === undefined && patientIdOf(PublicKey.fromHex(body.identityKey)) !== patientId) {
    throw unproven(`the first identity key of the directory is not that of patient ${patientId}`)
  }
}

type ListedCompartment = KeyDirectory['compartments'][number]

/** A (label, epoch) names one key for ever: two would let a directory move what was granted. */
function collectCompartments (versions: readonly KeyDirectory[]): Map<string, ListedCompartment> {
  const found = new Map<string, ListedCompartment>()
  for (const compartment of versions.flatMap((v) => v.compartments)) {
    const name = `${compartment.label}/${compartment.epoch}`
    const known = found.get(name)
    if (known !== undefined && known.key !== compartment.key) throw unproven(`the directory gives two keys for compartment ${name}`)
    found.set(name, compartment)
  }
  return found
}
