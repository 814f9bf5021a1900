import { erasedBy, LEDGER_KEYS, LedgerError, SEGMENTS_BYTES_MAX, SEGMENTS_PER_BATCH, SegmentStatements } from '@epione/protocol'
import { parseArgument } from './arguments.ts'
import { requireDevice } from './device-states.ts'
import { loadDirectory } from './directory-heads.ts'
import { checkVersion } from './record-states.ts'
import { requireActive } from './standing.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import type { EventSegment, RecordManifest, RecordState, RegisteredSegments } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { DirectoryHead, RecordHead } from './stored.ts'

/** A segment, checked in all respects and not yet written. */
interface JudgedSegment { accepted: AcceptedStatement<'RecordManifest'>, deviceId: string, record: RecordState, head: RecordHead }

/**
 * Registers segments of many devices, each decided alone, as if it came by itself: a bad one costs no other. Everything is checked before
 * the first write; what an item of this transaction will write is kept beside the state, which shows none of it.
 * @throws {LedgerError} ARGUMENT_INVALID, BATCH_REFUSED when none of several is left, which then are not ordered; of a single one its own
 */
export async function registerSegments (ctx: LedgerContext, statements: string): Promise<RegisteredSegments> {
  const bytes = Buffer.byteLength(statements)
  if (bytes > SEGMENTS_BYTES_MAX) {
    throw new LedgerError('ARGUMENT_INVALID', `Send segments of at most ${String(SEGMENTS_BYTES_MAX)} bytes together; these have ${String(bytes)}.`)
  }
  const asked = parseArgument(SegmentStatements, statements, `1 to ${String(SEGMENTS_PER_BATCH)} signed manifests of segments`)
  const earlier = new EarlierSegments()
  const items: RegisteredSegments['items'] = []
  for (const statement of asked) {
    const judged = await judgeItem(ctx, statement, earlier)
    if (judged instanceof LedgerError && asked.length === 1) throw judged
    items.push(judged instanceof LedgerError ? { code: judged.code } : { level: judged.record.level })
  }
  if (earlier.judged.length === 0) {
    throw new LedgerError('BATCH_REFUSED', `Nothing is left to register; send each by itself. ${items.map((i) => 'code' in i ? i.code : '').join(' ')}`)
  }
  await store(ctx, earlier)
  return { items, submittedBy: ctx.creator.mspId, time: ctx.time }
}

/** A refusal is the item's; whatever else fails, and a refusal that says the contract is broken, fails all. */
async function judgeItem (ctx: LedgerContext, statement: unknown, earlier: EarlierSegments): Promise<JudgedSegment | LedgerError> {
  try {
    const judged = await judge(ctx, JSON.stringify(statement), earlier)
    earlier.add(judged)
    return judged
  } catch (error) {
    if (error instanceof LedgerError && error.code !== 'INTERNAL') return error
    throw error
  }
}

async function judge (ctx: LedgerContext, statement: string, earlier: EarlierSegments): Promise<JudgedSegment> {
  const accepted = await acceptStatement(ctx, 'RecordManifest', statement)
  const { id, body, stored } = accepted
  const { recordId, version, patientId, author, epoch, segment } = body
  if (author.kind !== 'device' || segment === undefined) {
    throw new LedgerError('SEGMENT_INVALID', 'Only segments come together; register a record by Records:Register.')
  }
  if (earlier.has(id)) throw new LedgerError('STATEMENT_REPLAYED', `The batch has segment ${id} twice.`)
  const device = await requireDevice(ctx, patientId, author.deviceId)
  requireSigners(accepted, [device.key], 'the device\'s key')
  const { erased = [] } = await requireActive(ctx, patientId)
  const orderId = erasedBy(erased, body)
  if (orderId !== undefined) {
    throw new LedgerError('COMPARTMENT_ERASED', `Epoch ${String(epoch)} of the compartment was erased by statement ${orderId}: go on in the newest one.`)
  }
  const level = levelOf(await loadDirectory(ctx, patientId), body, device)
  const former = earlier.headOf(recordId) ?? await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(recordId))
  checkVersion(body, former)
  checkNumbers(segment, epoch, former)
  return {
    accepted,
    deviceId: author.deviceId,
    record: { recordId, version, level, manifest: stored },
    head: { version, statementId: id, patientId, author, segment: { last: segment.last, epoch } }
  }
}

/**
 * Of the device's compartment, in any epoch that it has had: windows that were stored before the patient raised it are sealed for the
 * former key, and nobody has their content keys any more. @throws {LedgerError} SEGMENT_INVALID, COMPARTMENT_UNKNOWN, COMPARTMENT_OUTDATED
 */
function levelOf ({ compartments }: DirectoryHead, { label, epoch }: RecordManifest, device: { label: string }): RecordState['level'] {
  if (label !== device.label) throw new LedgerError('SEGMENT_INVALID', `The device writes to compartment ${device.label} alone.`)
  const compartment = compartments.find((c) => c.label === label)
  if (compartment === undefined) throw new LedgerError('COMPARTMENT_UNKNOWN', `The patient's directory lists no compartment ${label}.`)
  if (epoch > compartment.epoch) {
    throw new LedgerError('COMPARTMENT_OUTDATED', `Compartment ${label} has no epoch ${String(epoch)}; ${String(compartment.epoch)} is its newest.`)
  }
  return compartment.level
}

/** Numbers go up, and so do epochs; what lies between two segments is a gap. @throws {LedgerError} SEGMENT_CONFLICT */
function checkNumbers ({ first }: EventSegment, epoch: number, former: RecordHead | undefined): void {
  if (former?.segment === undefined) return
  const { last, epoch: earlier } = former.segment
  if (first <= last) throw new LedgerError('SEGMENT_CONFLICT', `Go on after window ${String(last)}, which a segment has already.`)
  if (epoch < earlier) throw new LedgerError('SEGMENT_CONFLICT', `The stream has reached epoch ${String(earlier)}; it does not go back.`)
}

/** What a transaction has taken so far, as it will be written. */
class EarlierSegments {
  readonly judged: JudgedSegment[] = []
  readonly heads = new Map<string, RecordHead>()
  readonly #ids = new Set<string>()

  has (id: string): boolean {
    return this.#ids.has(id)
  }

  headOf (recordId: string): RecordHead | undefined {
    return this.heads.get(recordId)
  }

  add (segment: JudgedSegment): void {
    this.judged.push(segment)
    this.heads.set(segment.record.recordId, segment.head)
    this.#ids.add(segment.accepted.id)
  }
}

async function store (ctx: LedgerContext, { judged, heads }: EarlierSegments): Promise<void> {
  for (const { accepted, record } of judged) {
    const { recordId, version } = record
    await ctx.state.put(LEDGER_KEYS.record(recordId, version), record)
    await ctx.state.mark(LEDGER_KEYS.patientRecord(accepted.body.patientId, recordId, version))
    await storeReceipt(ctx, accepted)
  }
  for (const [recordId, head] of heads) await ctx.state.put(LEDGER_KEYS.recordHead(recordId), head)
  const acts = new Map(judged.map(({ accepted: { body: { patientId } }, deviceId }) => [`${patientId} ${deviceId}`, { patientId, deviceId }]))
  for (const { patientId, deviceId } of acts.values()) await ctx.state.mark(LEDGER_KEYS.deviceAct(patientId, deviceId))
}
