import type { AccessEvent, KeyDirectory, RecordManifest, SignedStatement, StoredStatement } from '../model/index.ts'

/** Values that only contracts read, besides the model's shapes. */

/** Newest version of a patient's directory. */
export interface DirectoryHead extends Pick<KeyDirectory, 'identityKey' | 'kfragSigningKey' | 'compartments' | 'version' | 'custodian'> { statementId: string }

/** Newest binding of a person: the keys that count. */
export interface BindingHead { version: number, statementId: string, receivingKey: string, requestKey: string }

/** Newest version of a record. */
export interface RecordHead extends Pick<RecordManifest, 'version' | 'patientId' | 'author'> { statementId: string }

/** Custody of an organisation's kfrags; `destroyed` is kept here too, so that a request reads one key for both. */
export interface StoredCustody { confirmation: StoredStatement, destroyed: boolean }

export interface StoredConsent { consent: StoredStatement, directoryVersion: number }
export interface StoredEvent { event: AccessEvent, request: SignedStatement }
