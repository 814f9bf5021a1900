import { LimitedKeys } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import { DELEGATE_LIFE_MS } from '@epione/protocol'
import type { DelegatePower } from '@epione/protocol'
import { isInTime, isPoint } from '@epione/protocol/verify'
import { currentTime, identityKeyOf } from '../context/context.ts'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { readDirectory } from '../keys/directory.ts'

/** A limited key that a page or device made, and what it may do until when (ms). */
export interface DelegateWanted {
  /** Its public half, hex. */
  key: string
  powers: readonly DelegatePower[]
  notAfter: number
  /** An earlier one whose place it takes. */
  ends?: string
}

export interface DelegateNamed extends Written { patientId: string, delegateId: string, powers: readonly DelegatePower[], notAfter: number }
export interface DelegateEnded extends Written { patientId: string, delegateId: string }
export interface DelegateShown {
  delegateId: string
  key: string
  powers: readonly DelegatePower[]
  since: number
  notAfter: number
  endedAt?: number
  state: 'in force' | 'over' | 'ended'
}

/**
 * Names a limited key: it sees the log, ends consents or freezes, and grants and opens nothing. Whoever calls has compared the key with
 * what its holder shows. @throws {ClientError} USAGE
 */
export async function addDelegate (context: PatientContext, { key, powers, notAfter, ends }: DelegateWanted): Promise<Done<DelegateNamed>> {
  const { patientId } = context
  const now = currentTime(context)
  if (!isPoint(key)) throw new ClientError('USAGE', 'The key is not one that the page or device shows: 66 hexadecimal digits.')
  if (notAfter <= now || notAfter > now + DELEGATE_LIFE_MS) throw new ClientError('USAGE', 'Choose an end within the next 366 days.')
  const { id, statement } = makeStatement(context, 'Delegate', {
    patientId, delegate: { key, powers: [...powers], notAfter }, ...(ends === undefined ? {} : { ends })
  }, [identityKeyOf(context)])
  const own = { patientId, delegateId: id, powers, notAfter }
  return await submitAnywhere<DelegateNamed>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.changeDelegates(patientId, statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** Ends one, as the patient or as that very key: it signs and opens nothing after the end's block. */
export async function endDelegate (context: PatientContext, delegateId: string): Promise<Done<DelegateEnded>> {
  const { patientId } = context
  const { id, statement } = makeStatement(context, 'Delegate', { patientId, ends: delegateId }, [identityKeyOf(context)])
  const own = { patientId, delegateId }
  return await submitAnywhere<DelegateEnded>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.changeDelegates(patientId, statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** A patient's limited keys, as two hospitals show them alike: those that may count, and those that signed something. */
export async function listDelegates (context: ClientContext & Pick<PatientContext, 'patientId'>): Promise<DelegateShown[]> {
  const [{ delegates }, now] = [await readDirectory(context, context.patientId), currentTime(context)]
  return delegates.map(({ id, key, powers, since, notAfter, endedAt }) => ({
    delegateId: id,
    key,
    powers,
    since,
    notAfter,
    ...(endedAt === undefined ? {} : { endedAt }),
    state: endedAt !== undefined ? 'ended' : now > notAfter ? 'over' : 'in force'
  }))
}

/**
 * Stands in for the patient with a limited key that the ledger shows in force. @throws {ClientError} NOT_FOUND, DELEGATE_ENDED
 */
export async function useDelegate (
  context: ClientContext, { patientId, key }: { patientId: string, key: SecretKey }
): Promise<PatientContext> {
  const { delegates } = await readDirectory(context, patientId)
  const own = delegates.find((delegate) => delegate.key === key.publicKey().toHex())
  if (own === undefined) throw new ClientError('NOT_FOUND', 'The patient has named no such key yet: show it to their own copy.', { patientId })
  if (own.endedAt !== undefined || !isInTime(own, currentTime(context))) {
    throw new ClientError('DELEGATE_ENDED', 'This key counts no more: its patient names another one.', { delegateId: own.id })
  }
  return { ...context, role: 'patient', patientId, keys: new LimitedKeys({ delegateId: own.id, key }) }
}
