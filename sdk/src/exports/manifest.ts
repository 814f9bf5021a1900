import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, Signed } from '@epione/protocol'

const strict = { additionalProperties: false }

export const MANIFEST_VERSION = 'epione-export/1'

/** What lies beside an exported file: each hospital's signed word on it, and the proofs of its newest and oldest event once anchored. */
export const LogManifest = Type.Object({
  version: Type.Literal(MANIFEST_VERSION),
  networkId: Hash,
  /** Name of the file as it was written; nothing rests on it. */
  file: Type.String({ maxLength: 4096 }),
  attestations: Type.Array(Type.Object({ statement: Signed, registration: Type.Optional(Type.String({ maxLength: 262_144 })) }, strict), {
    minItems: 1, maxItems: 2
  }),
  proofs: Type.Object({ newest: Type.Optional(Type.Unknown()), oldest: Type.Optional(Type.Unknown()) }, strict)
}, strict)
export type LogManifest = Static<typeof LogManifest>
