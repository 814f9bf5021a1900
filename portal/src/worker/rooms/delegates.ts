import { PublicKey } from '@epione/crypto'
import { DELEGATE_POWERS } from '@epione/protocol'
import type { DelegatePower } from '@epione/protocol'
import { addDelegate, ClientError, endDelegate, listDelegates } from '@epione/sdk'
import type { DelegateEnded, DelegateNamed, DelegateShown } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Proposal, SaidLine } from '../proposal.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export interface LimitedKeys { patientId: string, powers: DelegatePower[], items: Array<DelegateShown & { fingerprint: string }> }

/** The patient's limited keys as two hospitals show them, and what one may be given. */
export async function list (desk: Desk): Promise<LimitedKeys> {
  const context = await desk.patient()
  const items = await listDelegates(context)
  return {
    patientId: context.patientId,
    powers: [...DELEGATE_POWERS],
    items: items.map((one) => ({ ...one, fingerprint: PublicKey.fromHex(one.key).fingerprint() })).toSorted((a, b) => b.since - a.since)
  }
}

export interface LimitedKeyWanted { key: string, powers: DelegatePower[], days: number }

/** Names a limited key, after its fingerprint was shown. @throws {ClientError} USAGE */
export async function name (desk: Desk, { key, powers, days }: LimitedKeyWanted): Promise<Proposal<DelegateNamed>> {
  const context = await desk.patient()
  const wanted = { key: key.replaceAll(/\s/g, '').toLowerCase(), powers: [...powers], notAfter: Date.now() + days * DAY_MS }
  if (wanted.powers.length === 0) throw new ClientError('USAGE', 'Choose what it may do: at least one thing.')
  return {
    says: { title: 'delegates.confirm', lines: linesOf({ ...wanted, fingerprint: fingerprintOf(wanted.key) }), warnings: ['delegates.means', 'delegates.compare'] },
    carry: () => addDelegate(context, wanted)
  }
}

/** Ends a limited key. @throws {ClientError} NOT_FOUND */
export async function end (desk: Desk, { delegateId }: { delegateId: string }): Promise<Proposal<DelegateEnded>> {
  const context = await desk.patient()
  const named = (await listDelegates(context)).find((one) => one.delegateId === delegateId && one.state === 'in force')
  if (named === undefined) throw new ClientError('NOT_FOUND', 'This limited key is not in force.')
  return {
    says: { title: 'delegates.end.confirm', lines: linesOf({ ...named, fingerprint: fingerprintOf(named.key) }), warnings: [] },
    carry: () => endDelegate(context, delegateId)
  }
}

function linesOf (
  { fingerprint, powers, notAfter }: { fingerprint: string, powers: readonly DelegatePower[], notAfter: number }
): SaidLine[] {
  return [
    { label: 'limited.fingerprint', value: fingerprint, kind: 'code' },
    { label: 'limited.powers', value: powers.join(), kind: 'power' },
    { label: 'consent.until', value: String(notAfter), kind: 'time' }
  ]
}

/** @throws {ClientError} USAGE */
function fingerprintOf (key: string): string {
  try {
    return PublicKey.fromHex(key).fingerprint()
  } catch (cause) {
    throw new ClientError('USAGE', 'This is no key as the page or device shows it: 66 hexadecimal digits.', {}, { cause })
  }
}
