import { ActingKeys, toHex } from '@epione/crypto'
import type { RollUpKeys } from '@epione/crypto'
import { streamIdOf } from '@epione/protocol'
import { kindsHashOf, SPAN_NAMES } from '@epione/protocol/streams'
import type { KindCode, Span } from '@epione/protocol/streams'
import { isWriting } from '@epione/protocol/verify'
import type { VerifiedDevice } from '@epione/protocol/verify'
import { currentTime, identityKeyOf } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { claimOf } from './stream-list.ts'
import type { VerifiedSegment } from './stream-list.ts'

/** Which roll-up: of a stream, by which spans of UTC. */
export interface RollUpChoice { readonly stream: string, readonly every: Span }

/** A roll-up of this patient's own: the device that writes it, and its stream. */
export interface OwnRollUp {
  readonly keys: RollUpKeys
  readonly label: string
  /** Undefined before it is on the ledger, and with it the id of the stream. */
  readonly device?: VerifiedDevice
  readonly segments: readonly VerifiedSegment[]
}

/** What the ledger has of a patient. */
interface Known { readonly streams: ReadonlyMap<string, readonly VerifiedSegment[]>, readonly devices: readonly VerifiedDevice[] }

const YEAR_MS = 365 * 86_400_000
/** How long such a device may write, ms; the next one has the number after its. */
const LIFE_MS = 10 * YEAR_MS
/** How far before it is introduced its period begins, so that it may write what is there already, ms. */
const BEFORE_MS = 86_400_000
/** A second: the shortest window of a device. */
const SHORTEST_WINDOW_MS = 1_000

/**
 * The roll-up to go on with: in this compartment, or where none is said in the one where there is one already, or else beside the stream.
 * A device that ended, and a stream that was erased, are followed by the next. @throws {ClientError} NOT_FOR_REPRESENTATIVES, USAGE
 */
export function findOwnRollUp (
  context: PatientContext, { stream, every }: RollUpChoice, category: string | undefined, ledger: Known
): OwnRollUp {
  if (context.keys instanceof ActingKeys) {
    throw new ClientError('NOT_FOR_REPRESENTATIVES', 'Roll-ups are written by a device of the patient\'s own phrase: no representative has it.')
  }
  const source = ledger.streams.get(stream)?.at(-1)
  if (source === undefined) throw new ClientError('NOT_FOUND', `You have no stream ${stream} with segments on the ledger.`, { stream })
  const label = category === undefined
    ? findLabel(context, { stream, every }, ledger, source.label)
    : toHex(context.keys.compartmentLabel(requireCategory(category)))
  for (let number = 1; ; number += 1) {
    const found = rollUpOf(context, { stream, every }, { label, number }, ledger)
    const isEnded = found.segments.at(-1)?.end !== undefined
    if (!isEnded && (found.device === undefined || mayWrite(found.device, currentTime(context)))) return found
  }
}

/**
 * Whether own programs wrote a stream that says that it sums up another: any device of the patient can say so of its own. Numbers are given
 * one after the other, each to one device of this label.
 */
export function isOwnRollUp (
  { keys }: PatientContext, source: string, { deviceId, label }: { deviceId: string, label: string }, devices: readonly VerifiedDevice[]
): boolean {
  if (keys instanceof ActingKeys) return false
  const key = devices.find(({ id }) => id === deviceId)?.body.key
  return devices.some((_, i) => keys.rollUp({ stream: source, label, number: i + 1 }).key.publicKey().toHex() === key)
}

/** Whether own programs wrote a stream of these segments as a roll-up: what another device says to sum up is an odd word, and no more. */
export function isRollUp (context: PatientContext, segments: readonly VerifiedSegment[], devices: readonly VerifiedDevice[]): boolean {
  const [claim, newest] = [claimOf(segments), segments.at(-1)]
  if (claim === undefined || newest?.body.author.kind !== 'device') return false
  return isOwnRollUp(context, claim.stream, { deviceId: newest.body.author.deviceId, label: newest.label }, devices)
}

/** The ledger takes nothing more of one that ended, whatever two clocks may differ by. */
export function mayWrite (device: VerifiedDevice, now: number): boolean {
  return device.endedAt === undefined && isWriting(device, now)
}

function rollUpOf (
  { keys: ring }: PatientContext, { stream, every }: RollUpChoice, place: { label: string, number: number },
  { streams, devices }: Known
): OwnRollUp {
  const keys = ring.rollUp({ stream, ...place })
  const key = keys.key.publicKey().toHex()
  const device = devices.find(({ body }) => body.key === key)
  const segments = device === undefined ? [] : streams.get(rollUpStreamOf(device.id, every)) ?? []
  return { keys, label: place.label, ...(device !== undefined && { device }), segments }
}

/** The device writes a stream by each span, in the order of their lengths. */
export function rollUpStreamOf (deviceId: string, every: Span): string {
  return streamIdOf(deviceId, SPAN_NAMES.indexOf(every) + 1)
}

/** @throws {ClientError} USAGE where it stands in several compartments */
function findLabel (context: PatientContext, { stream, every }: RollUpChoice, ledger: Known, beside: string): string {
  const claims = [...ledger.streams.values()].filter((segments) => {
    const claim = claimOf(segments)
    return claim?.stream === stream && claim.every === every && segments.at(-1)?.end === undefined
  })
  const own = claims.flatMap((segments) => segments[0]?.label ?? [])
    .filter((label) => rollUpOf(context, { stream, every }, { label, number: 1 }, ledger).device !== undefined)
  const [label, another] = new Set(own)
  if (another === undefined) return label ?? beside
  const categories = [...new Set(own)].map((one) => categoryOfLabel(context.keys, one) ?? one)
  throw new ClientError('USAGE', `You have roll-ups of this stream in several categories: say which with --category (${categories.join(', ')}).`, { categories })
}

/** Introduces the device of a roll-up, which patient and device sign at once. */
export async function addRollUpDevice (
  context: PatientContext, { keys: { key, salt }, label }: OwnRollUp, kinds: readonly KindCode[]
): Promise<string> {
  const now = currentTime(context)
  const { id, statement } = makeStatement(context, 'Device', {
    patientId: context.patientId,
    key: key.publicKey().toHex(),
    label,
    notBefore: now - BEFORE_MS,
    notAfter: now + LIFE_MS,
    shortestWindowMs: SHORTEST_WINDOW_MS,
    kindsHash: kindsHashOf(kinds, toHex(salt))
  }, [identityKeyOf(context), key])
  await submitAnywhere<Written>(context, {
    statementId: id,
    send: async (gateway) => gateway.streams.addDevice(statement, id),
    recover: (written) => written
  })
  return id
}
