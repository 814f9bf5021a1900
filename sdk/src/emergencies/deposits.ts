import { PublicKey } from '@epione/crypto'
import type { Level } from '@epione/protocol'
import { listProvenConsents, readConsortium } from '../consents/consent.ts'
import type { ProvenConsent } from '../consents/consent.ts'
import { submitConsent } from '../consents/consent-grant.ts'
import type { ConsentGranted } from '../consents/consent-grant.ts'
import { endProhibition, forbidAccess, listProhibitions } from '../consents/prohibitions.ts'
import type { ProhibitionEnded, ProhibitionMade } from '../consents/prohibitions.ts'
import type { PatientContext } from '../context/context.ts'
import type { Done } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { together } from '../gateways/together.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { readEmergencyKey } from './emergency-keys.ts'

export interface DepositWanted {
  organizations: readonly string[]
  categories: readonly string[]
  days: number
  /** Levels that an emergency may open; absent: all but V. */
  levels?: readonly Level[]
  custodyWaitMs?: number
}
export interface DepositMade extends ConsentGranted { organization: string, keyVersion: number }

/** What an emergency at an organisation could open today. */
export interface DepositState {
  organization: string
  /** `outdated`: made for a former key, so top up; `no-key`: the organisation has published none. */
  state: 'ready' | 'outdated' | 'missing' | 'no-key'
  categories: string[]
  /** The newest that is active. */
  consentId?: string
  notAfter?: number
  keyVersion?: number
}

/** Deposits kfrags for the newest emergency key of each organisation: one emergency consent for each. */
export async function depositForEmergencies (context: PatientContext, wanted: DepositWanted): Promise<{ items: Array<Done<DepositMade>> }> {
  const categories = [...new Set(wanted.categories.map(requireCategory))]
  const [directory, consortium] = await together(readOwnDirectory(context), readConsortium(context))
  const items: Array<Done<DepositMade>> = []
  for (const organization of new Set(wanted.organizations)) {
    const key = await readEmergencyKey(context, organization)
    if (key === undefined) {
      throw new ClientError('NOT_FOUND', `${organization} has published no emergency key: nothing can be deposited for it yet.`, { items })
    }
    const done = await submitConsent(context, { directory, consortium }, {
      grantee: { kind: 'organization', mspId: organization, keyVersion: key.version, receivingKey: key.emergencyKey },
      receivingKey: PublicKey.fromHex(key.emergencyKey),
      categories,
      purposes: ['BTG'],
      days: wanted.days,
      emergency: true,
      ...(wanted.levels === undefined ? {} : { terms: { levels: [...wanted.levels] } }),
      ...(wanted.custodyWaitMs === undefined ? {} : { custodyWaitMs: wanted.custodyWaitMs })
    })
    items.push({ ...done, organization, keyVersion: key.version })
  }
  return { items }
}

/** For each member what is deposited, what is missing and what is to be topped up. */
export async function listDeposits (context: PatientContext): Promise<DepositState[]> {
  const consortium = readConsortium(context)
  const [{ memberMspIds }, consents] = await together(consortium, listProvenConsents(context, readOwnDirectory(context), consortium))
  return await together(...memberMspIds.map(async (mspId): Promise<DepositState> => {
    const key = await readEmergencyKey(context, mspId)
    return { organization: mspId, ...stateOf(context, key, consents.filter(({ body }) => body.emergency && body.grantee.mspId === mspId)) }
  }))
}

function stateOf (
  { keys }: PatientContext, key: { version: number } | undefined, consents: readonly ProvenConsent[]
): Omit<DepositState, 'organization'> {
  const active = consents.filter(({ status }) => status === 'active').sort((a, b) => b.body.issuedAt - a.body.issuedAt)
  const versionOf = ({ body: { grantee } }: ProvenConsent): number => grantee.kind === 'organization' ? grantee.keyVersion : 0
  const newest = active.find((consent) => versionOf(consent) === key?.version) ?? active[0]
  if (newest === undefined) return { state: key === undefined ? 'no-key' : 'missing', categories: [] }
  const { id, body } = newest
  return {
    state: versionOf(newest) === key?.version ? 'ready' : 'outdated',
    categories: body.compartments.map(({ label }) => categoryOfLabel(keys, label) ?? label),
    consentId: id,
    notAfter: body.notAfter,
    keyVersion: versionOf(newest)
  }
}

/** Switches break-glass off, for some organisations or for all, whatever is deposited. */
export async function switchEmergenciesOff (context: PatientContext, organizations?: readonly string[]): Promise<Done<ProhibitionMade>> {
  return await forbidAccess(context, { purposes: ['BTG'], ...(organizations === undefined ? {} : { organizations }) })
}

/** Ends the prohibitions that switch it off for an organisation, or, without one, for all. */
export async function switchEmergenciesOn (
  context: PatientContext, organization?: string
): Promise<{ items: Array<Done<ProhibitionEnded>> }> {
  const items: Array<Done<ProhibitionEnded>> = []
  for (const { prohibitionId, switchesOff } of await listProhibitions(context)) {
    if (switchesOff === undefined || (switchesOff.join() !== (organization ?? ''))) continue
    items.push(await endProhibition(context, prohibitionId))
  }
  if (items.length > 0) return { items }
  throw new ClientError('NOT_FOUND', 'Break-glass is not switched off so: see "epione prohibition list" for what else forbids it.')
}
