import type {
  AccessCase, DepartmentFacts, ErasedCompartment, Guardians, KeyDirectory, ProhibitionFacts, RecordManifest, StoredStatement,
  SuspensionEntry
} from '@epione/protocol'

/** Values that only contracts read, besides the model's shapes. */

/** Newest version of a patient's directory, with the bytes of all its versions' bodies together. */
export interface DirectoryHead extends Pick<KeyDirectory, 'identityKey' | 'kfragSigningKey' | 'compartments' | 'version' | 'custodian'> {
  statementId: string
  sizeBytes: number
  /** By label, the newest issue of the search key of its present epoch; here, so that a registration reads no further key for it. */
  issues?: Readonly<Record<string, number>>
}

/** Newest binding of a person: the keys that count. */
export interface BindingHead {
  version: number
  statementId: string
  receivingKey: string
  requestKey: string
  envelopeKey?: string
  /** As certified when it was bound. */
  role?: string
  department?: string
  /** What of the person ended, so that a request reads one key for it. */
  ended?: SuspensionEntry['target'][]
}

/** Who opened a box, and when (ms). */
export interface StoredOpening { staffId: string, time: number }

/** Newest version of a department: who its members are, and their key since version `keyVersion`. */
export interface DepartmentHead extends DepartmentFacts { version: number, statementId: string }

/** Newest version of a record; none follows it once it is `ended`. Of a stream also what its last segment reached. */
export interface RecordHead extends Pick<RecordManifest, 'version' | 'patientId' | 'author'> {
  statementId: string
  ended?: true
  segment?: { last: number, epoch: number }
}

/** A device and its end, of which the patient may have said the latter first. */
export interface StoredDevice { device?: StoredStatement, end?: StoredStatement }
/** Devices of a patient that have not ended, those that are over until another one is added. */
export interface DeviceHead { living: { deviceId: string, notAfter: number }[] }

/** Custody of an organisation's kfrags; `destroyed` is kept here too, so that a request reads one key for both. */
export interface StoredCustody { confirmation: StoredStatement, destroyed: boolean }

export interface StoredConsent { consent: StoredStatement }
/** An event with what caused it, just as a query answers it. */
export type StoredEvent = AccessCase

/** What stands in the way of requests for a patient; without any member it has no effect. */
export interface PatientStanding {
  /** The freeze in force, and whether the patient's key made it, which may then end it. */
  freeze?: { id: string, byPatient: boolean }
  succeededBy?: string
  /** Those in force when the newest was made, oldest first: what they say, without the statements that say it. */
  prohibitions?: ProhibitionFacts[]
  /** Compartments that were erased; every request reads them with the rest. */
  erased?: ErasedCompartment[]
}

/** Newest issue of a patient's guardians: the keys that count. */
export interface GuardiansHead extends Pick<Guardians, 'issue' | 'threshold'> { statementId: string, signingKeys: string[] }

/** A directory version with a new identity key that waits for `activeFrom` (ms). */
export interface PendingDirectory { directory: StoredStatement, activeFrom: number }

/** A recovery request; whether it was stopped stands under other keys. */
export interface StoredRecovery { request: StoredStatement, availableFrom: number }

/** Newest issue of a compartment's search key, in one epoch. */
export interface SearchKeyHead { label: string, epoch: number, issue: number, key: string, wrapHash: string, statementId: string }
