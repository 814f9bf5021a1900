import { Type } from 'typebox'
import { Committed } from '@epione/protocol/api'
import { Hash, KeyHex, MspId, SignedNetwork, StaffId, Version } from '@epione/protocol'

/** What a gateway answers, as far as this client reads it. Further members are ignored: they are never trusted. */

export const NetworkAnswer = Type.Object(SignedNetwork.properties)

export const Organization = Type.Object({
  mspId: MspId,
  id: Type.String(),
  name: Type.String(),
  gatewayUrl: Type.Optional(Type.String()),
  encryptionKey: Type.Optional(KeyHex),
  signingKey: Type.Optional(KeyHex),
  /** Keys that this organisation's proxy signed with before a rotation. */
  formerSigningKeys: Type.Optional(Type.Array(KeyHex, { maxItems: 64 }))
})
export const Organizations = Type.Object({ items: Type.Array(Organization, { maxItems: 256 }) })

export const Enrolled = Type.Object({
  mspId: MspId,
  staffId: StaffId,
  role: Type.String(),
  department: Type.Optional(Type.String()),
  certificateNotAfter: Type.Optional(Type.Unknown())
})
export const PractitionerSelf = Type.Object({
  subject: Type.String(),
  mspId: MspId,
  staffId: StaffId,
  role: Type.Optional(Type.String()),
  department: Type.Optional(Type.String())
})
export const BindingWritten = Type.Object({ mspId: MspId, staffId: StaffId, version: Version, statementId: Hash, ...Committed })
