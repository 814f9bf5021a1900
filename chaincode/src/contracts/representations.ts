import { LEDGER_KEYS, LedgerError, REPRESENTATIONS_EVER_MAX, REPRESENTATIONS_MAX } from '@epione/protocol'
import { parseKey } from './directory-rules.ts'
import { loadStanding, refuseSucceeded } from './standing.ts'
import { requireSigners } from './statement-acceptance.ts'
import type {
  Representation, RepresentationEndEntry, RepresentationState, StatementType, Stop, StoredStatement
} from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { DirectoryHead } from './stored.ts'

const bodyOf = ({ statement: { body } }: StoredStatement): Representation => JSON.parse(body) as Representation

async function load (ctx: LedgerContext, patientId: string): Promise<StoredStatement[]> {
  return await ctx.state.get<StoredStatement[]>(LEDGER_KEYS.representations(patientId)) ?? []
}

function findEnd (ctx: LedgerContext, patientId: string, id: string): Promise<Stop | undefined> {
  return ctx.state.get<Stop>(LEDGER_KEYS.representationEnd(patientId, id))
}

/** Everybody who acts or acted for a patient, with the ends. */
export async function completeRepresentations (ctx: LedgerContext, patientId: string): Promise<RepresentationState[]> {
  const states: RepresentationState[] = []
  for (const representation of await load(ctx, patientId)) {
    const end = await findEnd(ctx, patientId, representation.id)
    states.push({ representation, ...(end !== undefined && { end }) })
  }
  return states
}

/**
 * Adds a representation that both have signed. Those of all times stay, since what they signed does; each has keys of its own, so that
 * what one key signed is said under one representation.
 * @throws {LedgerError} STATEMENT_INVALID, REPRESENTATION_CONFLICT, REPRESENTATION_ENDED, REPRESENTATIONS_TOO_MANY
 */
export async function addRepresentation (
  ctx: LedgerContext, { id, body, stored }: AcceptedStatement<'Representation'>, directory: DirectoryHead
): Promise<void> {
  const { patientId, representativeKey, receivingKey, notAfter } = body
  if (notAfter <= ctx.time) throw new LedgerError('STATEMENT_INVALID', 'Choose an end that is not in the past.')
  parseKey(representativeKey)
  parseKey(receivingKey)
  const { identityKey, kfragSigningKey } = directory
  if (new Set([representativeKey, receivingKey, identityKey, kfragSigningKey]).size < 4) {
    throw new LedgerError('STATEMENT_INVALID', 'Give the representative two keys of their own, none of them the patient\'s.')
  }
  const all = await completeRepresentations(ctx, patientId)
  if (all.some(({ representation }) => bodyOf(representation).representativeKey === representativeKey)) {
    throw new LedgerError('REPRESENTATION_CONFLICT', 'Make a new key for a new representation: this one had or has one.')
  }
  if (await findEnd(ctx, patientId, id) !== undefined) {
    throw new LedgerError('REPRESENTATION_ENDED', `Representation ${id} was ended before it arrived.`)
  }
  const inForce = all.filter(({ representation, end }) => end === undefined && bodyOf(representation).notAfter >= ctx.time).length
  if (inForce >= REPRESENTATIONS_MAX || all.length >= REPRESENTATIONS_EVER_MAX) {
    throw new LedgerError(
      'REPRESENTATIONS_TOO_MANY',
      `Patient ${patientId} has ${String(inForce)} representatives, of at most ${String(REPRESENTATIONS_MAX)} at once: end one first. ` +
        `${String(all.length)} of at most ${String(REPRESENTATIONS_EVER_MAX)} are kept for good.`
    )
  }
  await ctx.state.put(LEDGER_KEYS.representations(patientId), [...all.map(({ representation }) => representation), stored])
}

/**
 * Who says it: the patient's identity key alone, or a representative who is in force in this transaction. It reads the very keys that an
 * end writes: of both in one block, what comes after the end is invalid.
 * @throws {LedgerError} SIGNATURE_INVALID, REPRESENTATION_ENDED, PATIENT_SUCCEEDED
 */
export async function requirePatientOrRepresentative (
  ctx: LedgerContext,
  accepted: AcceptedStatement<StatementType>,
  patientId: string,
  { identityKey }: DirectoryHead
): Promise<'patient' | 'representative'> {
  const [signer] = accepted.signers
  const own = signer === identityKey || accepted.signers.length > 1
    ? undefined
    : (await load(ctx, patientId)).find((stored) => bodyOf(stored).representativeKey === signer)
  if (own === undefined) {
    requireSigners(accepted, [identityKey], 'the patient\'s identity key, or that of a representative of theirs')
    return 'patient'
  }
  await requireInForce(ctx, patientId, own, identityKey)
  return 'representative'
}

async function requireInForce (ctx: LedgerContext, patientId: string, own: StoredStatement, identityKey: string): Promise<void> {
  refuseSucceeded(await loadStanding(ctx, patientId), patientId)
  const end = await findEnd(ctx, patientId, own.id)
  const over = findOver(own, { notAfter: bodyOf(own).notAfter, end, identityKey, time: ctx.time })
  if (over !== undefined) {
    throw new LedgerError('REPRESENTATION_ENDED', `Representation ${own.id} ${over}: its key signs nothing for patient ${patientId} any more.`)
  }
  await ctx.state.mark(LEDGER_KEYS.representationAct(patientId, own.id))
}

/** Why whoever the patient named, by a statement, counts no more; undefined while they do. */
export function findOver (
  { statement }: StoredStatement,
  { notAfter, end, identityKey, time }: { notAfter: number, end: object | undefined, identityKey: string, time: number }
): string | undefined {
  if (time > notAfter) return 'is over'
  if (end !== undefined) return 'was ended'
  // Whoever had the former key, a thief perhaps, named them: after a recovery the patient names anew.
  return statement.signatures.some(({ key }) => key === identityKey) ? undefined : 'was signed with a former identity key'
}

/** Whether one of the patient's representatives, of whichever time, signed a statement. */
export async function isOfRepresentative (ctx: LedgerContext, patientId: string, stored: StoredStatement): Promise<boolean> {
  const keys = (await load(ctx, patientId)).map((own) => bodyOf(own).representativeKey)
  return stored.statement.signatures.every(({ key }) => keys.includes(key))
}

/** Whether a key is or was that of one of the patient's representatives. */
export async function isRepresentativeKey (ctx: LedgerContext, patientId: string, key: string): Promise<boolean> {
  return (await load(ctx, patientId)).some((own) => bodyOf(own).representativeKey === key)
}

/** One of the patient's. @throws {LedgerError} REPRESENTATION_UNKNOWN */
export async function loadRepresentation (ctx: LedgerContext, patientId: string, id: string): Promise<StoredStatement & { key: string }> {
  const found = (await load(ctx, patientId)).find((own) => own.id === id)
  if (found === undefined) throw new LedgerError('REPRESENTATION_UNKNOWN', `Patient ${patientId} has or had no representation ${id}.`)
  return { ...found, key: bodyOf(found).representativeKey }
}

/**
 * An end that is not the patient's is for what comes after it: it reads what each act writes, so that nobody has one endorsed, acts, and
 * orders it then, by which what was signed would be nobody's. The patient's own waits for no act: a flood of them would hold it off.
 */
export async function readActs (ctx: LedgerContext, patientId: string, representationId: string): Promise<void> {
  await ctx.state.has(LEDGER_KEYS.representationAct(patientId, representationId))
}

/** The first end stays; true when this is it. */
export async function putEnd (
  ctx: LedgerContext, patientId: string, representationId: string, end: Stop
): Promise<{ entry: RepresentationEndEntry, isFirst: boolean }> {
  const first = await findEnd(ctx, patientId, representationId)
  if (first === undefined) await ctx.state.put(LEDGER_KEYS.representationEnd(patientId, representationId), end)
  return { entry: { patientId, representationId, end: first ?? end }, isFirst: first === undefined }
}
