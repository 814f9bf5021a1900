import type { JWTPayload } from 'jose'
import { OFFICES } from '@epione/protocol'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { ConfigError } from '../config.ts'
import { readDocumentFile } from '../named-files.ts'

/** A place in a token's claims (RFC 6901), such as /realm_access/roles. */
const ClaimPath = Type.String({ pattern: '^(/([^/~]|~[01])*)+$', maxLength: 256 })
/** As certificates hold it. */
const Code = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })

/** How a hospital's admin has claims of its identity provider read as attributes that its CA certifies. */
export const ClaimMapping = Type.Object({
  format: Type.Literal(1),
  /** Who it is: /sub where it is left out. */
  subject: Type.Optional(ClaimPath),
  /** The first of these whose claim is, or holds, the value gives the role; whoever has none is enrolled by an admin, or not at all. */
  roles: Type.Array(
    Type.Object({ claim: ClaimPath, value: Type.String({ minLength: 1, maxLength: 256 }), role: Code }, { additionalProperties: false }),
    { minItems: 1, maxItems: 256 }
  ),
  /** The department by the claim's value; a value that is not listed gives none. */
  department: Type.Optional(
    Type.Object({ claim: ClaimPath, values: Type.Record(Type.String({ maxLength: 256 }), Code) }, { additionalProperties: false })
  ),
  /** What follows when somebody's claims change: a certificate with the new attributes, or a refusal until an admin has looked. */
  changes: Type.Union([Type.Literal('certify'), Type.Literal('refuse')])
}, { additionalProperties: false })
export type ClaimMapping = Static<typeof ClaimMapping>

/** What a token says of a person, as their hospital reads it. */
export interface ClaimedAttributes { subject: string, role?: string, department?: string }

/** Reads the admin's mapping. @throws {ConfigError} */
export async function readClaimMapping (path: string): Promise<ClaimMapping> {
  const fault = (why: string): ConfigError => new ConfigError([`OIDC_MAPPING_FILE ${path} ${why}: docs/operations.md has an example`])
  const mapping = await readDocumentFile(path, ClaimMapping, fault)
  const office = mapping.roles.find(({ role }) => OFFICES.some((o) => o === role))
  if (office !== undefined) throw fault(`gives the office ${office.role}, whose holders the description of the network names`)
  return mapping
}

/** Attributes by the claims of a token that was verified; undefined where they name no subject. */
export function mapClaims ({ subject = '/sub', roles, department }: ClaimMapping, claims: JWTPayload): ClaimedAttributes | undefined {
  const [who, ...others] = textsAt(claims, subject)
  if (who === undefined || who === '' || others.length > 0) return undefined
  const role = roles.find(({ claim, value }) => textsAt(claims, claim).includes(value))?.role
  const codes = department === undefined
    ? []
    : textsAt(claims, department.claim).flatMap((value) => Object.hasOwn(department.values, value) ? [department.values[value] ?? ''] : [])
  return {
    subject: who,
    ...(role === undefined ? {} : { role }),
    ...(codes[0] === undefined ? {} : { department: codes[0] })
  }
}

/** The text, or the texts of the list, at a place; none where something else is there. */
function textsAt (claims: JWTPayload, path: string): string[] {
  let place: unknown = claims
  for (const step of path.slice(1).split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return []
    place = (place as Record<string, unknown>)[step]
  }
  return [place].flat().filter((text) => typeof text === 'string')
}
