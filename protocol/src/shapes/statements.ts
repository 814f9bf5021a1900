import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hex, KeyHex } from './primitives.ts'
import { AccessRequestBody, EmergencyCloseBody, ReviewBody } from './statements/access.ts'
import { ConsentBody, ProhibitionBody, RevocationBody } from './statements/consents.ts'
import { Person, strict } from './statements/parts.ts'
import {
  DelegateBody, KeyDirectoryBody, RepresentationBody, RepresentationEndBody, SessionBody, SuccessionBody, WriteCardBody
} from './statements/patients.ts'
import { KeyBindingBody, MembershipBody, SuspensionBody } from './statements/people.ts'
import { CustodyConfirmationBody, DestructionBody, ReleaseReceiptBody } from './statements/proxies.ts'
import { ErasureBody, RecordManifestBody, RewrapBody, WithdrawalBody } from './statements/records.ts'
import { FreezeBody, GuardiansBody, RecoveryRequestBody, RecoveryStopBody, UnfreezeBody } from './statements/safety.ts'
import { SearchKeysBody } from './statements/search.ts'
import { DeviceBody, DeviceEndBody, WindowBody, WindowReceiptBody } from './statements/streams.ts'

/** Statement bodies of PROTOCOL §4. Unknown members are refused; `id` = SHA-256 of the canonical bytes. */
export const STATEMENT_SCHEMAS = {
  KeyDirectory: KeyDirectoryBody,
  RecordManifest: RecordManifestBody,
  Consent: ConsentBody,
  Revocation: RevocationBody,
  KeyBinding: KeyBindingBody,
  AccessRequest: AccessRequestBody,
  CustodyConfirmation: CustodyConfirmationBody,
  ReleaseReceipt: ReleaseReceiptBody,
  Destruction: DestructionBody,
  Rewrap: RewrapBody,
  Guardians: GuardiansBody,
  RecoveryRequest: RecoveryRequestBody,
  RecoveryStop: RecoveryStopBody,
  Freeze: FreezeBody,
  Unfreeze: UnfreezeBody,
  Succession: SuccessionBody,
  Representation: RepresentationBody,
  RepresentationEnd: RepresentationEndBody,
  Session: SessionBody,
  WriteCard: WriteCardBody,
  SearchKeys: SearchKeysBody,
  Prohibition: ProhibitionBody,
  Membership: MembershipBody,
  Suspension: SuspensionBody,
  Erasure: ErasureBody,
  Withdrawal: WithdrawalBody,
  Device: DeviceBody,
  DeviceEnd: DeviceEndBody,
  Window: WindowBody,
  WindowReceipt: WindowReceiptBody,
  EmergencyClose: EmergencyCloseBody,
  Review: ReviewBody,
  Delegate: DelegateBody
} as const

export type StatementType = keyof typeof STATEMENT_SCHEMAS
export type StatementBody<T extends StatementType> = Static<(typeof STATEMENT_SCHEMAS)[T]>
export type KeyDirectory = StatementBody<'KeyDirectory'>
export type RecordManifest = StatementBody<'RecordManifest'>
export type Consent = StatementBody<'Consent'>
export type Revocation = StatementBody<'Revocation'>
export type KeyBinding = StatementBody<'KeyBinding'>
export type AccessRequest = StatementBody<'AccessRequest'>
export type CustodyConfirmation = StatementBody<'CustodyConfirmation'>
export type ReleaseReceipt = StatementBody<'ReleaseReceipt'>
export type Destruction = StatementBody<'Destruction'>
export type Rewrap = StatementBody<'Rewrap'>
export type Guardians = StatementBody<'Guardians'>
export type RecoveryRequest = StatementBody<'RecoveryRequest'>
export type RecoveryStop = StatementBody<'RecoveryStop'>
export type Freeze = StatementBody<'Freeze'>
export type Unfreeze = StatementBody<'Unfreeze'>
export type Succession = StatementBody<'Succession'>
export type Representation = StatementBody<'Representation'>
export type RepresentationEnd = StatementBody<'RepresentationEnd'>
export type Session = StatementBody<'Session'>
export type WriteCard = StatementBody<'WriteCard'>
export type SearchKeys = StatementBody<'SearchKeys'>
export type Prohibition = StatementBody<'Prohibition'>
export type Membership = StatementBody<'Membership'>
export type Suspension = StatementBody<'Suspension'>
export type Erasure = StatementBody<'Erasure'>
export type Withdrawal = StatementBody<'Withdrawal'>
export type Device = StatementBody<'Device'>
export type DeviceEnd = StatementBody<'DeviceEnd'>
export type Window = StatementBody<'Window'>
export type WindowReceipt = StatementBody<'WindowReceipt'>
export type EmergencyClose = StatementBody<'EmergencyClose'>
export type Review = StatementBody<'Review'>
export type Delegate = StatementBody<'Delegate'>
export type Person = Static<typeof Person>

export { Person }

/** A statement as it travels: the canonical text exactly as signed, and one or more 64-byte r||s signatures. */
export const SignedStatement = strict({
  body: Type.String({ minLength: 2, maxLength: 65_536 }),
  signatures: Type.Array(strict({ key: KeyHex, signature: Hex(64) }), { minItems: 1, maxItems: 16 })
})
export interface SignedStatement {
  readonly body: string
  readonly signatures: readonly { readonly key: string, readonly signature: string }[]
}
