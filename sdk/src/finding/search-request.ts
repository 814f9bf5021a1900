import { COMPARTMENTS_PER_SEARCH } from '@epione/protocol'
import type { AccessRequest, Consent } from '@epione/protocol'
import { readConsents, submitRequest } from '../access/access.ts'
import type { AccessPermitted, Candidate } from '../access/access.ts'
import { requirePurpose } from '../consents/purpose.ts'
import type { PractitionerContext } from '../context/context.ts'
import { makeStatement } from '../context/statements.ts'
import type { MadeStatement } from '../context/statements.ts'
import { readPages } from '../gateways/pages.ts'
import { together } from '../gateways/together.ts'
import { readDirectory } from '../keys/directory.ts'
import { requireOwnBinding } from '../keys/practitioner.ts'

type Compartments = NonNullable<AccessRequest['compartments']>

export interface SearchWanted { patientId: string, purpose: string, consentId?: string }

/** A request for each consent that it takes to search all that the patient opened to searches by this person or their department. */
export async function requestSearch (context: PractitionerContext, wanted: SearchWanted): Promise<AccessPermitted[]> {
  const permitted: AccessPermitted[] = []
  for (const made of await makeRequests(context, wanted)) permitted.push(await submitRequest(context, made))
  return permitted
}

/** Patients who let this person, or their department, search: by what the own gateway lists, which each search then proves. */
export async function listSearchable ({ gateways: { own }, token: { authorize } }: PractitionerContext): Promise<string[]> {
  const [mine, ours] = await together(
    readPages((cursor) => own.listMyConsents(undefined, cursor, authorize)),
    readPages((cursor) => own.departments.listConsents(undefined, cursor, authorize))
  )
  const active = [...mine, ...ours].filter(({ status }) => status === 'active')
  const bodies = active.map(({ consent }) => JSON.parse(consent.statement.body) as Partial<Consent>)
  return [...new Set(bodies.flatMap(({ patientId, actions }) => actions?.includes('search') === true ? patientId ?? [] : []))]
}

/** Without a fitting consent it still asks, for all compartments: the denial is then on the ledger. */
async function makeRequests (
  context: PractitionerContext, { patientId, purpose: code, consentId }: SearchWanted
): Promise<Array<MadeStatement<'AccessRequest'>>> {
  const purpose = requirePurpose(code)
  const reading = readDirectory(context, patientId)
  const [directory, consents] = await together(
    reading, readConsents(context, { patientId }, reading), requireOwnBinding(context)
  )
  const chosen = chooseConsents(consents, purpose, consentId)
  const asks = chosen.length > 0
    ? chosen
    : [{ consent: undefined, compartments: directory.newest.compartments.map(({ label, epoch }) => ({ label, epoch })) }]
  return asks.map(({ consent, compartments }) => makeStatement(context, 'AccessRequest', {
    requester: { ...context.person },
    patientId,
    ...(consent === undefined ? consentId === undefined ? {} : { consentId } : { consentId: consent.id }),
    compartments: compartments.slice(0, COMPARTMENTS_PER_SEARCH),
    action: 'search',
    purpose,
    receivingKey: consent?.grantee.kind === 'department'
      ? consent.grantee.receivingKey
      : context.keys.receiving(context.keyNumber).publicKey().toHex()
  }, [context.keys.requestSigning(context.keyNumber)]))
}

/** Active consents to search, the latest first, each with the compartments that none before it covers. */
export function chooseConsents (
  consents: readonly Candidate[], purpose: AccessRequest['purpose'], named?: string
): Array<{ consent: Candidate, compartments: Compartments }> {
  const covered = new Set<string>()
  return consents
    .filter(({ id, body, status }) => named === undefined
      ? status === 'active' && body.actions.includes('search') && body.purposes.some((p) => p === purpose)
      : id === named)
    .sort((a, b) => b.body.issuedAt - a.body.issuedAt)
    .flatMap((consent) => {
      const compartments = consent.body.compartments
        .filter(({ label }) => !covered.has(label))
        .map(({ label, epoch }) => ({ label, epoch }))
      for (const { label } of compartments) covered.add(label)
      return compartments.length === 0 ? [] : [{ consent, compartments }]
    })
}
