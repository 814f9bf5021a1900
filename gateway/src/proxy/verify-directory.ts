import { patientIdOf, PublicKey } from '@epione/crypto'
import { findKeyFault, findSecondKey, findSigner } from '@epione/chaincode/model'
import type { KeyDirectory, Level, PatientDirectory } from '@epione/chaincode/model'
import { unproven } from './statement-reader.ts'
import type { StatementReader, VerifiedStatement } from './statement-reader.ts'

export interface VerifiedCompartment { label: string, epoch: number, level: Level, key: PublicKey }

/** A patient's keys, each proven by the chain of signed directory versions that begins at the patient's id. */
export interface VerifiedDirectory {
  patientId: string
  /** The patient's identity key in force, hex. */
  identityKey: string
  version: number
  /** One version as its patient signed it: a consent names the one from which its kfrags were made. */
  at (version: number): KeyDirectory | undefined
  compartment (label: string, epoch: number): VerifiedCompartment | undefined
  /** True when an identity key that was in force when the ledger accepted the statement (`storedAt`, ms) is among the signers. */
  hasSigned (statement: { signers: readonly string[] }, storedAt: number): boolean
}

/**
 * Proves a directory that a peer returned: version 1 holds the key whose hash is `patientId` and is signed by it; every
 * later version names the one before and is signed by the same key, or, where it brings a new one, by both (PROTOCOL §1).
 * @throws {GatewayError} STATEMENT_UNPROVEN
 */
export function verifyDirectory (directory: PatientDirectory, patientId: string, reader: StatementReader): VerifiedDirectory {
  const versions = directory.versions.map((stored) => reader.readStored('KeyDirectory', stored))
  versions.forEach((version, index) => checkVersion(version, versions[index - 1], patientId, index + 1))
  const newest = versions.at(-1)
  if (newest === undefined) throw unproven(`patient ${patientId} has no directory`)
  const second = findSecondKey(versions.map((v) => v.body))
  if (second !== undefined) throw unproven(`the directory of patient ${patientId} gives two keys for compartment ${second}`)
  const compartments = new Map(versions.flatMap((v) => v.body.compartments).map((c) => [`${c.label}/${c.epoch}`, c]))
  const { identityKey, version } = newest.body
  const identityKeys = directory.versions.map(({ time }, index) => ({ key: versions[index]?.body.identityKey ?? '', since: time }))
  return {
    patientId,
    identityKey,
    version,
    at: (number) => versions[number - 1]?.body,
    compartment: (label, epoch) => {
      const listed = compartments.get(`${label}/${epoch}`)
      return listed === undefined ? undefined : { ...listed, key: PublicKey.fromHex(listed.key) }
    },
    hasSigned: ({ signers }, storedAt) => findSigner(identityKeys, signers, storedAt) !== undefined
  }
}

function checkVersion (version: VerifiedStatement<'KeyDirectory'>, former: VerifiedStatement<'KeyDirectory'> | undefined, patientId: string, number: number): void {
  const { body, signers } = version
  if (body.patientId !== patientId || body.version !== number) throw unproven(`directory version ${number} of patient ${patientId} is another's`)
  const fault = findKeyFault(body)
  if (fault !== undefined) throw unproven(`directory version ${number} of patient ${patientId}: ${fault}`)
  const needed = [body.identityKey, ...(former === undefined ? [] : [former.body.identityKey])]
  if (!needed.every((key) => signers.includes(key))) throw unproven(`directory version ${number} of patient ${patientId} is not signed by the patient's identity key`)
  if (body.previous !== former?.id) throw unproven(`directory version ${number} of patient ${patientId} does not follow the one before`)
  if (former === undefined && patientIdOf(PublicKey.fromHex(body.identityKey)) !== patientId) {
    throw unproven(`the first identity key of the directory is not that of patient ${patientId}`)
  }
}
