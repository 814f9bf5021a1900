import type { SecretKey } from '@epione/crypto'
import { openStatement } from '@epione/protocol/verify'
import type { ProvenGrant, VerifiedDirectory, VerifiedRecord } from '@epione/protocol/verify'
import type { AccessEvent, EventStream, EventStreamHead } from '@epione/protocol'
import { proveConsent, readConsortium } from '../consents/consent.ts'
import type { Consortium, ProvenConsent } from '../consents/consent.ts'
import type { PractitionerContext } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'
import { ClientError } from '../errors.ts'
import { together } from '../gateways/together.ts'
import { receiverOf } from '../keys/department-key.ts'
import { readDirectory } from '../keys/directory.ts'
import { gatewayOf, ledgerGrounds, proveRecord } from '../records/record-read.ts'

/** The signed facts of permitted records: nothing in it but `shown` rests on a gateway's word. */
export interface PermitCase {
  eventId: string
  directory: VerifiedDirectory
  consortium: Consortium
  consent: ProvenConsent
  /** The key that the answers are for: this person's, or their department's. */
  receiver: SecretKey
  /** Of the records wanted, in the order of the request. */
  manifests: VerifiedRecord[]
  /** What the permit follows, as asked for; the rest of it as the own gateway shows it. */
  stream?: EventStream
  /** The event's records as the own gateway shows them. */
  shown: AccessEvent['records']
  /** How far each stream is of which segments are named, as the own gateway shows the event. */
  heads: readonly EventStreamHead[]
}

/** One of an event's records; its version where the event names several of the record. */
export interface RecordChoice { recordId: string, version?: number | undefined }

/** Some of an event's records, all of them, or its only one. */
export type WantedRecords = readonly RecordChoice[] | 'all' | 'only'

/** Starts from the access request, which this workstation signed itself, and verifies everything that hangs on it. */
export async function readPermitCase (
  context: PractitionerContext,
  eventId: string,
  wanted: WantedRecords
): Promise<PermitCase> {
  const gateway = context.gateways.own
  const { authorize } = context.token
  const { event, request } = await gateway.getAccessCase(eventId, authorize)
  const party = gatewayOf(gateway.info)
  const blame: Blame = { code: 'EVENT_INVALID', what: `The request shown for event ${eventId}`, party }
  const { body, signers } = judgedWith(blame, () => openStatement('AccessRequest', request, context.networkId))
  const isMine = signers.includes(context.keys.requestSigning(context.keyNumber).publicKey().toHex())
  if (!isMine || event.eventId !== eventId) {
    throw new ClientError('EVENT_INVALID', `Event ${eventId} does not come from a request that this workstation signed.`, { party })
  }
  const { consentId, patientId } = body
  if (event.decision !== 'permit' || consentId === undefined) {
    throw new ClientError('REFUSED', `Event ${eventId} is a denial: there is nothing to open.`, { reasons: event.reasons })
  }
  const records = chooseRecords(body.records ?? [], eventId, wanted)
  const [directory, consortium, consentState, shown] = await together(
    readDirectory(context, patientId), readConsortium(context), gateway.getConsent(consentId, authorize),
    together(...records.map(async (record) =>
      ({ record, state: await gateway.getRecord(record.recordId, record.version, authorize, eventId) })))
  )
  const consent = proveConsent(context, consentState, { directory, consortium, shownBy: gateway.info.mspId }, consentId)
  const receiver = await receiverOf(context, consent.body)
  if (receiver.publicKey().toHex() !== body.receivingKey) {
    throw new ClientError('EVENT_INVALID', `The answers for event ${eventId} go to another key than the one that its consent is to.`, { party })
  }
  const grounds = ledgerGrounds(context)
  const manifests = await Promise.all(shown.map(({ record, state }) => proveRecord(context, gateway, state, directory, record, grounds)))
  const { stream } = event
  if (stream?.stream !== body.stream?.stream) {
    throw new ClientError('EVENT_INVALID', `Event ${eventId} is of another stream than this workstation asked to follow.`, { party })
  }
  return {
    eventId,
    directory,
    consortium,
    consent,
    receiver,
    manifests,
    shown: event.records,
    heads: event.streams ?? [],
    ...(stream !== undefined && { stream })
  }
}

interface Named { recordId: string, version: number }

function chooseRecords (records: readonly Named[], eventId: string, wanted: WantedRecords): Named[] {
  if (wanted === 'only' && records.length > 1) {
    throw new ClientError('USAGE', `Event ${eventId} names several records: say which with --record, or open them with --folder.`, { records })
  }
  if (typeof wanted === 'string') return [...records]
  return [...new Set(wanted.map((choice) => chooseRecord(records, eventId, choice)))]
}

function chooseRecord (records: readonly Named[], eventId: string, { recordId, version }: RecordChoice): Named {
  const [found, second] = records.filter((record) => record.recordId === recordId && record.version === (version ?? record.version))
  if (found === undefined) {
    const what = version === undefined ? recordId : `${recordId} version ${version}`
    throw new ClientError('NOT_FOUND', `Event ${eventId} does not name record ${what}.`, { records })
  }
  if (second !== undefined) {
    throw new ClientError('USAGE', `Event ${eventId} names several versions of record ${recordId}: say ${recordId}:VERSION.`, { records })
  }
  return found
}

/** What the consent grants of the record's compartment: nothing is opened, or disclosed, whose precursor is not proven. */
export function grantOf ({ consent, receiver }: Pick<PermitCase, 'consent' | 'receiver'>, { label, epoch }: Pick<VerifiedRecord, 'label' | 'epoch'>): ProvenGrant {
  const grant = consent.grants.find((g) => g.label === label && g.epoch === epoch)
  if (grant === undefined) {
    throw new ClientError('CONSENT_INVALID', 'The consent does not cover the record.', { party: { kind: 'gateway' } })
  }
  if (!grant.keys.receivingKey.equals(receiver.publicKey())) {
    throw new ClientError('CONSENT_INVALID', 'The consent is to another receiving key than this workstation\'s.', {
      party: { kind: 'gateway' }
    })
  }
  return grant
}
