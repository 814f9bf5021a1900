import type { VerifiedDirectory } from '@epione/protocol/verify'
import { nameGrantee } from '@epione/protocol'
import { listProvenConsents } from '../consents/consent.ts'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { together } from '../gateways/together.ts'

/** A consent that a representative signed and that still stands. */
export interface RepresentativeConsent { consentId: string, grantee: string, status: string, notAfter: number }

export interface RepresentativeShown {
  representationId: string
  relation: string
  since: number
  notAfter: number
  endedAt?: number
  state: 'in force' | 'over' | 'ended'
  /** They stay when it ends: nobody else looks whether they should. */
  consents: RepresentativeConsent[]
}

const STANDING = ['active', 'pending', 'not-started', 'suspended']

/** Who acts or acted for the patient, each with the consents of theirs that still stand. */
export async function listRepresentatives (context: PatientContext): Promise<RepresentativeShown[]> {
  const reading = readOwnDirectory(context)
  const [directory, consents] = await together(reading, listProvenConsents(context, reading))
  const now = currentTime(context)
  return directory.representations.map(({ id, relation, since, notAfter, endedAt }) => ({
    representationId: id,
    relation,
    since,
    notAfter,
    ...(endedAt === undefined ? {} : { endedAt }),
    state: endedAt !== undefined ? 'ended' : now > notAfter ? 'over' : 'in force',
    consents: consents
      .filter(({ signedBy, status }) => signedBy.kind === 'representative' && signedBy.representation.id === id && STANDING.includes(status))
      .map((consent) => ({
        consentId: consent.id, grantee: nameGrantee(consent.body.grantee), status: consent.status, notAfter: consent.body.notAfter
      }))
  }))
}

/**
 * What a representative who is over still has keys of, as the newest directory lists it: labels whose epoch did not rise since, and whether
 * the kfrag-signing key is the same.
 */
export function staleKeys (
  { versions, newest, representations }: VerifiedDirectory, now: number
): { labels: string[], kfragSigning: boolean } {
  const ends = representations.map(({ endedAt, notAfter }) => Math.min(endedAt ?? Infinity, notAfter)).filter((end) => end <= now)
  if (ends.length === 0) return { labels: [], kfragSigning: false }
  const last = Math.max(...ends)
  const before = versions.filter(({ time }) => time <= last).map(({ body }) => body)
  const known = new Set(before.flatMap(({ compartments }) => compartments.map(({ key }) => key)))
  return {
    labels: newest.compartments.filter(({ key }) => known.has(key)).map(({ label }) => label),
    kfragSigning: before.some(({ kfragSigningKey }) => kfragSigningKey === newest.kfragSigningKey)
  }
}

/** What to tell a patient whose keys somebody has who acts no more. */
export function warnOfStaleKeys (directory: VerifiedDirectory, now: number): string[] {
  const { labels, kfragSigning } = staleKeys(directory, now)
  if (labels.length === 0 && !kfragSigning) return []
  return ['Somebody who acts for you no more still has keys of yours: run "epione representative renew", so that nothing new is sealed to them.']
}
