import { checkSchema, windowPlace } from '@epione/protocol'
import type { AccessRequest, Window } from '@epione/protocol'
import { FollowedWindows, FollowEnd, FollowWithheld } from '@epione/protocol/api'
import type { FollowedWindow } from '@epione/protocol/api'
import { requireFollows, verifyDevice } from '@epione/protocol/verify'
import type { LastWindow, VerifiedDevice } from '@epione/protocol/verify'
import { requirePurpose } from '../consents/purpose.ts'
import type { PractitionerContext } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import { makeStatement } from '../context/statements.ts'
import { ClientError } from '../errors.ts'
import { readServerEvents } from '../gateways/server-events.ts'
import { together } from '../gateways/together.ts'
import { readDirectory } from '../keys/directory.ts'
import { requireOwnBinding } from '../keys/practitioner.ts'
import { gatewayOf, ledgerGrounds } from '../records/record-read.ts'
import { proveOpenWindow } from '../streams/open-windows.ts'
import { openBytes } from '../streams/stream-windows.ts'
import type { ProvenWindow } from '../streams/stream-windows.ts'
import { readConsents, submitRequest } from './access.ts'
import type { AccessPermitted, Candidate } from './access.ts'
import { readPermitCase } from './permit-case.ts'
import type { PermitCase } from './permit-case.ts'
import type { ShownWrap } from './show-windows.ts'
import { WindowKeys } from './window-keys.ts'
import type { OnEvidence, WindowReport } from './window-keys.ts'

export interface FollowWanted {
  patientId: string
  /** The stream's id, which is a record's. */
  stream: string
  /** How long (ms) to follow, an hour at most. */
  lastsMs: number
  purpose: string
  /** Found among the consents to this person when absent. */
  consentId?: string
}

/** A window as it came: its device signed it, proxies released it, and it is at two hospitals; no segment on the ledger names it yet. */
export interface FollowedContent {
  kind: 'window'
  number: number
  /** Statement id. */
  id: string
  body: Window
  grade: 'stored'
  content: Uint8Array
  /** Numbers between this window and the one before it (or the head at the permit) that did not come. */
  missing?: { first: number, last: number }
}

/** What a reader gets, in order: windows, word that there are some which proxies do not release now, and at last how it ended. */
export type Followed = FollowedContent | ({ kind: 'withheld' } & FollowWithheld) | ({ kind: 'end' } & FollowEnd)

export interface FollowOptions {
  /** The last number that the reader has: only what comes after it is given. */
  after?: number
  /** What became of the proxies so far, told after each batch of windows. */
  onReport?: (report: WindowReport) => void
  /** Given what `makeEvidence` needs when somebody lied. */
  onEvidence?: OnEvidence
}

/** Asks to follow a stream; without a fitting consent it still asks, and the denial is logged. @throws {ClientError} ACCESS_DENIED */
export async function requestFollow (
  context: PractitionerContext, { patientId, stream, lastsMs, purpose: code, consentId }: FollowWanted
): Promise<AccessPermitted> {
  const purpose = requirePurpose(code)
  const directory = readDirectory(context, patientId)
  const [consents] = await together(readConsents(context, { patientId }, directory), directory, requireOwnBinding(context))
  const chosen = consentId === undefined ? chooseFollow(consents, purpose) : consents.find(({ id }) => id === consentId)
  const named = consentId ?? chosen?.id
  return await submitRequest(context, makeStatement(context, 'AccessRequest', {
    requester: { ...context.person },
    patientId,
    ...(named !== undefined && { consentId: named }),
    stream: { stream, lastsMs },
    action: 'follow',
    purpose,
    receivingKey: chosen?.grantee.kind === 'department'
      ? chosen.grantee.receivingKey
      : context.keys.receiving(context.keyNumber).publicKey().toHex()
  }, [context.keys.requestSigning(context.keyNumber)]))
}

/** The latest active consent that lets streams be followed; the ledger says whether it covers this one. */
function chooseFollow (consents: readonly Candidate[], purpose: AccessRequest['purpose']): Candidate | undefined {
  return consents
    .filter(({ body, status }) => status === 'active' && body.actions.includes('follow') && body.purposes.some((p) => p === purpose))
    .sort((a, b) => b.body.issuedAt - a.body.issuedAt)[0]
}

/**
 * Follows a stream under a permit until that ends: each window is proven to be its device's, opened with answers that are proven right, and
 * given in order, each linked to the one before it as its device signed it. What did not come in between is named.
 * @throws {ClientError} EVENT_INVALID, WINDOWS_INVALID, PROXIES_LIED, SEALED_WRONGLY, CONTENT_MODIFIED; UNAVAILABLE when the connection
 *   breaks off: follow again, after the last number
 */
export async function * followEvent (
  context: PractitionerContext, eventId: string, { after, onReport, onEvidence }: FollowOptions = {}
): AsyncGenerator<Followed, void, void> {
  const { gateways: { own }, token: { authorize } } = context
  const facts = await readPermitCase(context, eventId, 'all')
  const device = await readFollowedDevice(context, facts)
  const follower = new Follower(context, facts, device, { after, onEvidence })
  for await (const { event, data } of readServerEvents(await own.readers.follow(eventId, after, authorize))) {
    const said = parse(own.info.mspId, event, data)
    if (said.kind !== 'windows') {
      yield said
      if (said.kind === 'end') return
      continue
    }
    const opened = await follower.open(said)
    onReport?.(follower.report)
    yield * opened
  }
  throw new ClientError('UNAVAILABLE', `${own.info.mspId} broke off what it sent of the stream: follow again, after the last window that came.`)
}

type Said = { kind: 'windows' } & FollowedWindows | Exclude<Followed, FollowedContent>

function parse (mspId: string, event: string, data: string): Said {
  try {
    const body: unknown = JSON.parse(data)
    if (event === 'windows') return { kind: event, ...checkSchema(FollowedWindows, body, event) }
    if (event === 'withheld') return { kind: event, ...checkSchema(FollowWithheld, body, event) }
    return { kind: 'end', ...checkSchema(FollowEnd, body, event) }
  } catch (cause) {
    throw new ClientError('ANSWER_MALFORMED', `The gateway of ${mspId} sends an event that its agreement does not know.`, {
      party: { kind: 'gateway', mspId }
    }, { cause })
  }
}

/** The device that writes what is followed, as two organisations show it, for a compartment that the consent covers. */
async function readFollowedDevice (context: PractitionerContext, { eventId, directory, stream }: PermitCase): Promise<VerifiedDevice> {
  const party = gatewayOf(context.gateways.own.info)
  if (stream === undefined) throw new ClientError('EVENT_INVALID', `Event ${eventId} permits to follow no stream.`, { party })
  const { source, reader } = ledgerGrounds(context)
  const state = await source.getDevice(directory.patientId, stream.deviceId)
  const device = judgedWith({ code: 'EVENT_INVALID', what: `The device of event ${eventId}`, party: { kind: 'organizations' } },
    () => verifyDevice(state, directory, reader))
  if (device.id !== stream.deviceId || device.body.label !== stream.label) {
    throw new ClientError('EVENT_INVALID', `Event ${eventId} describes the stream otherwise than its device's statement does.`, { party })
  }
  return device
}

type FollowedWrap = ShownWrap & ProvenWindow & Pick<FollowedContent, 'missing'>

class Follower {
  readonly #context: PractitionerContext
  readonly #facts: PermitCase
  readonly #device: VerifiedDevice
  readonly #keys: WindowKeys
  /** The last window that came, or the head at the permit. */
  #last: LastWindow

  constructor (
    context: PractitionerContext, facts: PermitCase, device: VerifiedDevice,
    { after = 0, onEvidence }: { after: number | undefined, onEvidence: OnEvidence | undefined }
  ) {
    this.#context = context
    this.#facts = facts
    this.#device = device
    this.#keys = new WindowKeys(context, facts, onEvidence)
    this.#last = { number: Math.max(after, facts.stream?.head ?? 0) }
  }

  get report (): WindowReport {
    return this.#keys.report
  }

  async open ({ windows, ...collected }: FollowedWindows): Promise<FollowedContent[]> {
    const proven = windows.map((window) => this.#prove(window))
    const { label } = this.#device.body
    const recordId = this.#facts.stream?.stream ?? ''
    const epoch = this.#facts.stream?.epoch ?? 0
    const keys = await this.#keys.openAnswered({ recordId, label, epoch }, proven, collected)
    return await Promise.all(proven.map(async (window, index) => {
      const { number, id, body, missing } = window
      const content = await openBytes(window, keys[index] ?? new Uint8Array()).catch(async (error: unknown) => {
        await this.#keys.keepServed(window)
        throw error
      })
      return { kind: 'window' as const, number, id, body, grade: 'stored' as const, content, ...(missing !== undefined && { missing }) }
    }))
  }

  /** The device's own word for a window of this stream, after all before it. @throws {ClientError} WINDOWS_INVALID */
  #prove (given: FollowedWindow): FollowedWrap {
    const { networkId, gateways: { own: { info: { mspId } } } } = this.#context
    const { stream = '', epoch = 0, head = 0 } = this.#facts.stream ?? {}
    const window = proveOpenWindow(networkId, this.#device, { stream, epoch, after: head }, given, mspId)
    const { number, wrapHash: hash } = window.body
    const missing = judgedWith({ code: 'WINDOWS_INVALID', what: `A window that ${mspId} passes on`, party: { kind: 'store', mspId } },
      () => requireFollows(this.#last, window.body))
    this.#last = { number, id: window.id }
    const place = windowPlace(networkId, window.body)
    return { ...window, number, hash, place, evidence: () => ({ statement: given.statement }), ...(missing !== undefined && { missing }) }
  }
}
