import { prohibitionFacts } from '@epione/protocol'
import type { Level, Prohibition, ProhibitionFacts } from '@epione/protocol'
import { StatementReader, verifyProhibition } from '@epione/protocol/verify'
import type { PersonId, Signatory } from '@epione/protocol/verify'
import { describeSignatory } from './consent.ts'
import { currentTime, identityKeyOf } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { authorizePatient } from '../context/session.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { together } from '../gateways/together.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { requireAnyPurpose } from './purpose.ts'
import { describeForbidden, labelsOf } from './terms.ts'
import type { Forbidden } from './terms.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What is to be forbidden: all that is said must hold of a request; of several values, any. */
export interface ProhibitionWanted {
  organizations?: readonly string[]
  departments?: ReadonlyArray<{ mspId: string, department: string }>
  people?: readonly PersonId[]
  categories?: readonly string[]
  levels?: readonly Level[]
  purposes?: readonly string[]
  /** Until it is ended when absent. */
  days?: number
  /** A prohibition that this one takes the place of. */
  replaces?: string
}

export interface ProhibitionMade extends Written { prohibitionId: string, forbids: string, notAfter?: number }
export interface ProhibitionEnded extends Written { prohibitionId: string, statementId: string }
export interface ProhibitionSummary {
  prohibitionId: string
  /** Set where a representative made it. */
  representative?: { representationId: string, relation: string }
  forbids: string
  /** Of one that switches break-glass off and says nothing else: for these organisations, or, of an empty list, for all. */
  switchesOff?: string[]
  issuedAt: number
  notAfter?: number
  txId: string
}

/** Forbids, whatever consents say: from the block on that commits this, nothing that it holds of is permitted. */
export async function forbidAccess (context: PatientContext, wanted: ProhibitionWanted): Promise<Done<ProhibitionMade>> {
  const forbids = forbiddenBy(context, wanted)
  const { days, replaces } = wanted
  const { id, body, statement } = makeStatement(context, 'Prohibition', {
    patientId: context.patientId,
    forbids,
    ...(days === undefined ? {} : { notAfter: currentTime(context) + Math.round(days * DAY_MS) }),
    ...(replaces === undefined ? {} : { ends: replaces })
  }, [identityKeyOf(context)])
  const own = { prohibitionId: id, forbids: describeForbidden(context.keys, forbids), ...timeOf(body) }
  return await submitAnywhere(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.forbidAccess(context.patientId, statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** Ends a prohibition: what consents say counts again. */
export async function endProhibition (context: PatientContext, prohibitionId: string): Promise<Done<ProhibitionEnded>> {
  const { patientId } = context
  const { id, statement } = makeStatement(context, 'Prohibition', { patientId, ends: prohibitionId }, [identityKeyOf(context)])
  const own = { prohibitionId, statementId: id }
  return await submitAnywhere(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.forbidAccess(patientId, statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** The own prohibitions in force, each verified, oldest first, in words. */
export async function listProhibitions (context: PatientContext): Promise<ProhibitionSummary[]> {
  return (await readProhibitions(context)).map(({ id, forbids, issuedAt, notAfter, txId, signedBy }) => ({
    prohibitionId: id,
    forbids: describeForbidden(context.keys, forbids),
    ...switchOf(forbids),
    issuedAt,
    ...(notAfter === undefined ? {} : { notAfter }),
    ...describeSignatory(signedBy),
    txId
  }))
}

/** The own prohibitions in force, each verified, oldest first, as a decision needs them. */
export async function readProhibitions (
  context: PatientContext
): Promise<Array<ProhibitionFacts & { issuedAt: number, txId: string, signedBy: Signatory }>> {
  const listed = context.gateways.askFirstReachable((gateway) => gateway.listProhibitions(context.patientId, authorizePatient(context)))
  const [directory, { gateway: { info: { mspId } }, value: { items } }] = await together(readOwnDirectory(context), listed)
  const reader = new StatementReader(context.networkId)
  return items.flatMap((stored) => {
    const { id, body, signedBy } = judged({ kind: 'gateway', mspId }, () => verifyProhibition(stored, directory, reader))
    const facts = prohibitionFacts(id, body)
    return facts === undefined ? [] : [{ ...facts, issuedAt: body.issuedAt, txId: stored.txId, signedBy }]
  })
}

function forbiddenBy ({ keys }: PatientContext, wanted: ProhibitionWanted): Forbidden {
  const { organizations, departments, people, categories, levels, purposes } = wanted
  const forbids: Forbidden = {
    ...(organizations === undefined ? {} : { organizations: [...new Set(organizations)] }),
    ...(departments === undefined ? {} : { departments: [...departments] }),
    ...(people === undefined ? {} : { requesters: [...people] }),
    ...(categories === undefined ? {} : { labels: labelsOf(keys, categories) }),
    ...(levels === undefined ? {} : { levels: [...new Set(levels)] }),
    ...(purposes === undefined ? {} : { purposes: [...new Set(purposes.map(requireAnyPurpose))] })
  }
  if (Object.keys(forbids).length > 0) return forbids
  throw new ClientError('USAGE', 'Say what to forbid: organisations, departments, people, categories, levels or purposes. "patient freeze" stops everything.')
}

function switchOf ({ organizations = [], purposes = [], ...more }: Forbidden): { switchesOff?: string[] } {
  return purposes.join() === 'BTG' && Object.keys(more).length === 0 ? { switchesOff: [...organizations] } : {}
}

const timeOf = ({ notAfter }: Prohibition): { notAfter?: number } => notAfter === undefined ? {} : { notAfter }
