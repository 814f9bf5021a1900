import { findGrantee, grantConsent, listConsentsAndOverdue, previewConsent, raiseOverdueKeys, revokeConsent } from '@epione/sdk'
import type { ConsentPreview, ConsentRevoked, ConsentSummary, GranteeShown, GrantResult, GrantRequest, RaisedKeys } from '@epione/sdk'
import { CATEGORY_NAMES, isConsentOver, PURPOSES } from '@epione/protocol'
import type { Desk } from '../desk.ts'
import type { Proposal, SaidLine } from '../proposal.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** `isOver`: it has ended. */
export interface ConsentListed extends ConsentSummary { isOver: boolean }

export interface Consents {
  items: ConsentListed[]
  /** Categories whose search keys are older than the end of a consent to search. */
  overdue: string[]
  warnings?: string[]
}

/** All consents, each proven, and what a revocation that broke off left to do. */
export async function listConsents (desk: Desk): Promise<Consents> {
  const listed = await listConsentsAndOverdue(await desk.patient())
  return { ...listed, items: listed.items.map((consent) => ({ ...consent, isOver: isConsentOver(consent.status) })) }
}

/** Ends what a revocation of a consent to search left behind: new search keys for these categories. */
export async function raiseOverdue (desk: Desk, { categories }: { categories: string[] }): Promise<Proposal<RaisedKeys>> {
  const context = await desk.patient()
  return {
    says: { title: 'overdue.confirm', lines: [{ label: 'consent.categories', value: categories.join(), kind: 'category' }], warnings: ['overdue.means'] },
    carry: () => raiseOverdueKeys(context)
  }
}

export interface Choices { hospitals: Array<{ mspId: string, name: string }>, categories: string[], purposes: string[] }

/** What can be chosen: members of the network, categories and purposes. */
export async function listChoices (desk: Desk): Promise<Choices> {
  const { config: { network } } = await desk.network()
  return {
    hospitals: network.document.members.map(({ mspId, name }) => ({ mspId, name })),
    categories: [...CATEGORY_NAMES],
    purposes: [...PURPOSES]
  }
}

export type GranteeNamed = { mspId: string, staffId: string } | { mspId: string, department: string }

/** Person or department as two hospitals show it, with the fingerprint to compare. */
export async function lookUp (desk: Desk, named: GranteeNamed): Promise<GranteeShown> {
  return await findGrantee(await desk.patient(), named)
}

/** What a person chose on the way to a consent. */
export interface ConsentChosen {
  grantee: GranteeNamed
  categories: string[]
  purposes: string[]
  actions: NonNullable<GrantRequest['actions']>
  days: number
}

/** What it would open today, before anything is signed. */
export async function previewGrant (desk: Desk, chosen: ConsentChosen): Promise<ConsentPreview> {
  return await previewConsent(await desk.patient(), chosen)
}

/** Gives the consent to the key of this fingerprint and no other. */
export async function grant (
  desk: Desk, { fingerprint, ...chosen }: ConsentChosen & { fingerprint: string }
): Promise<Proposal<GrantResult>> {
  const context = await desk.patient()
  const { grantee, categories, purposes, actions, days } = structuredClone(chosen)
  const until = Date.now() + days * DAY_MS
  return {
    says: {
      title: 'consent.confirm',
      lines: [
        { label: 'consent.to', value: `${grantee.mspId}/${'staffId' in grantee ? grantee.staffId : grantee.department}`, kind: 'person' },
        { label: 'consent.fingerprint', value: fingerprint, kind: 'code' },
        { label: 'consent.categories', value: categories.join(), kind: 'category' },
        { label: 'consent.actions', value: actions.join(), kind: 'action' },
        { label: 'consent.purposes', value: purposes.join(), kind: 'purpose' },
        { label: 'consent.until', value: String(until), kind: 'time' }
      ],
      warnings: actions.includes('search') ? ['consent.searchLeaks'] : []
    },
    // Until the time that was shown, however long the yes took.
    carry: () => grantConsent(context, { grantee, categories, purposes, actions, days, notAfter: until, fingerprint })
  }
}

/** Ends a consent: no permit after the block that takes this. */
export async function revoke (desk: Desk, { consentId }: { consentId: string }): Promise<Proposal<ConsentRevoked>> {
  const context = await desk.patient()
  const lines: SaidLine[] = [{ label: 'consent.id', value: consentId, kind: 'code' }]
  return { says: { title: 'revoke.confirm', lines, warnings: [] }, carry: () => revokeConsent(context, consentId) }
}
