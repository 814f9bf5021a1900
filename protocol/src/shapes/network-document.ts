import type { SignedStatement } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static, TObject, TProperties } from 'typebox'
import { AttributeValue, Hash, Hex, KeyHex, MspId, Nonce, TimeMs, Version } from './primitives.ts'
import { follows, rule } from './statements/parts.ts'

/** The `Network` document, and what admins sign of it. No document has more members than one statement has signatures. */
const strict = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false })
export const MEMBERS_MAX = 32
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Seconds = Type.Integer({ minimum: 0, maximum: 31_536_000 })

/** 33-byte compressed point of P-256, hex: the public key of an admin's certificate. */
export const AdminKey = KeyHex

const NetworkMember = strict({
  mspId: MspId,
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
  name: Text(128),
  kind: Type.Union([Type.Literal('core'), Type.Literal('regional')]),
  /** Each may speak for the member. */
  adminKeys: Type.Array(AdminKey, { minItems: 1, maxItems: 4 })
})

const NetworkSettings = strict({
  /** Fewest proxies a consent must list; at least 3 unless the network is a testing one. */
  shareMinimum: Type.Integer({ minimum: 1, maximum: MEMBERS_MAX }),
  /** Life of a permit in seconds (PROTOCOL §5). */
  permitSeconds: Type.Integer({ minimum: 1, maximum: 60 }),
  /** How long (s) a recovery request stands on the ledger before the backup is handed out; 7 days by default and at least. */
  recoveryDelaySeconds: Seconds,
  /** How long (s) a new identity key waits before it counts; 7 days by default and at least. */
  identityDelaySeconds: Seconds
})

/** Everything that the members agreed on, in one document; its hash is that of its canonical bytes. */
export const NetworkDocument = strict({
  version: Version,
  /** Hash of block 0's header: part of every signature. */
  networkId: Hash,
  name: Text(64),
  /** Since when it counts (ms). */
  inForceFrom: TimeMs,
  members: Type.Array(NetworkMember, { minItems: 1, maxItems: MEMBERS_MAX }),
  /** Says of itself that it protects nobody: its settings may be below their floors. */
  testing: Type.Optional(Type.Literal(true)),
  settings: NetworkSettings,
  /** Who reads the log, by what the identity provider of their hospital calls them. */
  auditors: Type.Array(strict({
    mspId: MspId, issuer: Text(256), subject: Text(256), scope: Type.Union([Type.Literal('organization'), Type.Literal('consortium')])
  }), { maxItems: 256 }),
  /** Hash of the canonical bytes of the policy that the decision applies. */
  policyHash: Hash,
  /** Formats of statement bodies that are accepted, each for ever or until a time (ms). */
  formats: Type.Array(strict({ format: Type.Integer({ minimum: 1, maximum: 255 }), acceptedUntil: Type.Optional(TimeMs) }), {
    minItems: 1,
    maxItems: 8
  }),
  /** Behaviour that is switched on. */
  features: Type.Array(AttributeValue, { maxItems: 64, uniqueItems: true }),
  /** Builds that members may run; none listed leaves the choice to each. */
  builds: Type.Array(strict({ name: AttributeValue, hash: Hash }), { maxItems: 64 }),
  /** Proxies that are asked again: what is proven of their answers to events up to a time (ms) is no longer held against them. */
  clearances: Type.Optional(Type.Array(strict({ mspId: MspId, until: TimeMs }), { maxItems: MEMBERS_MAX }))
})
export type NetworkDocument = Static<typeof NetworkDocument>

/** What a description of a network leaves open when it is made into a document. */
export const NetworkDescription = strict({
  ...NetworkDocument.properties,
  version: Type.Optional(NetworkDocument.properties.version),
  settings: strict({ ...Type.Partial(NetworkSettings).properties, shareMinimum: NetworkSettings.properties.shareMinimum }),
  policyHash: Type.Optional(Hash),
  formats: Type.Optional(NetworkDocument.properties.formats),
  features: Type.Optional(NetworkDocument.properties.features),
  builds: Type.Optional(NetworkDocument.properties.builds)
})
export type NetworkDescription = Static<typeof NetworkDescription>

const bounded = { nonce: Nonce, issuedAt: TimeMs, submitBefore: TimeMs }
const named = { version: Version, documentHash: Hash }

/** Statements under admin keys (P-256). `Founding`: this is the first document, and block 0 is its block 0; by every founder. */
export const FoundingBody = strict({ type: Type.Literal('Founding'), ...named })
/** A further document. */
export const NetworkProposalBody = strict({ type: Type.Literal('NetworkProposal'), ...bounded, document: NetworkDocument })
/** Its approval by one member. */
export const NetworkApprovalBody = strict({ type: Type.Literal('NetworkApproval'), ...bounded, ...named })

/** The emergency receiving key of a member, which a department of it shares; a deposit for an older one means: top up. By its admin. */
export const OrganizationKeysBody = rule(strict({
  type: Type.Literal('OrganizationKeys'),
  ...bounded,
  mspId: MspId,
  version: Version,
  previous: Type.Optional(Hash),
  emergencyKey: KeyHex
}), ({ version, previous }) => follows(version, previous), 'the first version names none before it, every other one does')
export type OrganizationKeys = Static<typeof OrganizationKeysBody>

export const ADMIN_STATEMENT_SCHEMAS = {
  Founding: FoundingBody,
  NetworkProposal: NetworkProposalBody,
  NetworkApproval: NetworkApprovalBody,
  OrganizationKeys: OrganizationKeysBody
} as const
export type AdminStatementType = keyof typeof ADMIN_STATEMENT_SCHEMAS

/** An admins' statement as it travels. */
export const SignedAdminStatement = Type.Unsafe<SignedStatement>(strict({
  body: Type.String({ minLength: 2, maxLength: 65_536 }),
  signatures: Type.Array(strict({ key: AdminKey, signature: Hex(64) }), { minItems: 1, maxItems: MEMBERS_MAX })
}))

/** Argument of `Network:Found` and what stands on the ledger of version 1: the document with what every founder signed. */
export const SignedNetwork = strict({ document: NetworkDocument, founding: SignedAdminStatement })
export type SignedNetwork = Static<typeof SignedNetwork>

/** A later version as it stands on the ledger: the proposal holds the document; one approval of each member that made it count. */
export const AmendedNetwork = strict({
  proposal: SignedAdminStatement,
  approvals: Type.Array(SignedAdminStatement, { minItems: 1, maxItems: MEMBERS_MAX })
})
export type AmendedNetwork = Static<typeof AmendedNetwork>

/** Any version with all that was signed of it. */
export const NetworkVersion = Type.Union([SignedNetwork, AmendedNetwork])
export type NetworkVersion = Static<typeof NetworkVersion>
