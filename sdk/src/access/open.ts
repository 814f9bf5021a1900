import { Value } from 'typebox/value'
import { CryptoError, fromHex, openWrapReencrypted, parseWrap, toHex, CAPSULE_BYTES } from '@epione/crypto'
import { openStatement } from '@epione/protocol/verify'
import type { ProvenGrant, VerifiedDirectory, VerifiedRecord } from '@epione/protocol/verify'
import { accuseLiars } from './accuse.ts'
import type { Liar } from './accuse.ts'
import { judgeAnswers } from './cfrags.ts'
import type { GoodAnswer, Judgement } from './cfrags.ts'
import { proveConsent, readConsortium } from '../consents/consent.ts'
import type { Consortium, ProvenConsent } from '../consents/consent.ts'
import type { PractitionerContext } from '../context/context.ts'
import type { Destination } from '../records/destination.ts'
import { readDirectory } from '../keys/directory.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { ClientErrorCode } from '../errors.ts'
import { describeServed } from './evidence.ts'
import type { EvidenceMaterial } from './evidence-file.ts'
import { ACCESS } from '@epione/protocol/api'
import type { CollectedAnswers } from '@epione/protocol/api'
import { judgedWith } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'
import { together } from '../gateways/together.ts'
import { openTo } from '../records/open-content.ts'
import type { OpenedContent } from '../records/open-content.ts'
import { gatewayOf, openWrap, proveRecord, requireWrap } from '../records/record-read.ts'

export interface OpenWanted {
  eventId: string
  /** May be left out when the event names one record. */
  recordId?: string
  to: Destination
  onProgress?: (bytes: number) => void
  /** Given what `makeEvidence` needs when somebody lied: the permit that brought it is over in a minute. */
  onEvidence?: (material: EvidenceMaterial) => Promise<void>
}

export interface RecordOpened extends OpenedContent {
  eventId: string
  recordId: string
  version: number
  patientId: string
  /** Proxies whose answers were proven right. */
  verified: string[]
  /** Proxies that gave a false answer, with what became of the accusation. */
  liars: Liar[]
  /** Proxies that gave none. */
  silent: Array<{ mspId: string, code: string }>
  warnings?: string[]
}

/** The signed facts of one permitted record: nothing in it rests on a gateway's word. */
interface Case { eventId: string, directory: VerifiedDirectory, consortium: Consortium, consent: ProvenConsent, manifest: VerifiedRecord }

/**
 * Redeems a permit: has the proxies re-encrypt, proves each answer, opens the wrap with the first `threshold` good ones and the
 * content as it streams in. The first check that fails names who lied (PROTOCOL §2).
 * @throws {ClientError} PROXIES_LIED, PROXIES_INSUFFICIENT, KFRAGS_INCONSISTENT, SEALED_WRONGLY, CONTENT_MODIFIED and others
 */
export async function openRecord (context: PractitionerContext, wanted: OpenWanted): Promise<RecordOpened> {
  await wanted.to.requireFree?.()
  // The permit lives a minute: the proxies answer while the statements are read and verified.
  const [collected, facts] = await together(collectAnswers(context, wanted.eventId), readCase(context, wanted))
  const { recordId, version } = facts.manifest.body
  const wrap = await findWrap(context, facts, collected)
  const judgement = judgeRecord(context, facts, wrap, collected)
  const { liars, warnings } = await accuseLiars(context, {
    eventId: wanted.eventId,
    recordId,
    version,
    wrap: toHex(wrap),
    answers: judgement.false
  })
  const material: EvidenceMaterial = {
    eventId: wanted.eventId,
    recordId,
    version,
    wrap: toHex(wrap),
    answers: provableAnswers(collected, facts, judgement)
  }
  if (judgement.false.some((f) => f.provable)) await wanted.onEvidence?.(material)
  const silent = collected.failures.map(({ mspId, code }) => ({ mspId, code }))
  const { threshold } = facts.consent.body
  if (judgement.good.length < threshold) throw tooFew(judgement.good, threshold, liars, silent)
  const contentKey = await keepingEvidence(wanted, [
    'KFRAGS_INCONSISTENT', 'SEALED_WRONGLY'
  ], () => Promise.resolve(material), async () => Promise.resolve(openWith(context, facts, wrap, judgement.good.slice(0, threshold))))
  const gateway = context.gateways.own
  const download = (): Promise<AsyncIterable<Uint8Array>> =>
    gateway.downloadContent(recordId, version, wanted.eventId, context.token.authorize)
  const opened = await keepingEvidence(wanted, ['SEALED_WRONGLY', 'CONTENT_MODIFIED'],
    async () => ({ ...material, content: await describeServed(gateway.info.mspId, await download()) }),
    // The own gateway alone takes this token; asked again, it asks another hospital than the one whose copy was not right.
    async () =>
      context.gateways.serveInTurn([gateway, gateway], async () =>
        openTo({
          manifest: facts.manifest,
          contentKey,
          ciphertext: await download(),
          servedBy: gateway.info.mspId,
          to: wanted.to,
          ...(wanted.onProgress === undefined ? {} : { onProgress: wanted.onProgress })
        })))
  return {
    ...opened,
    eventId: wanted.eventId,
    recordId,
    version,
    patientId: facts.directory.patientId,
    verified: judgement.good.map((g) => g.mspId),
    liars,
    silent,
    ...(warnings.length === 0 ? {} : { warnings })
  }
}

/** What the proxies have signed for this record, one answer each: what they have not signed proves nothing. */
function provableAnswers ({ answers }: CollectedAnswers, { manifest: { body } }: Case, judgement: Judgement): EvidenceMaterial['answers'] {
  const relayed = judgement.false.filter((f) => !f.provable).map((f) => f.answer)
  const signed = answers.filter((a) => a.recordId === body.recordId && a.version === body.version && !relayed.includes(a.answer))
  return [...new Map(signed.map(({ mspId, answer }) => [mspId, { mspId, answer }])).values()]
}

/** Does the work; when it fails with one of `codes`, hands the evidence over before the failure goes on. */
async function keepingEvidence<T> (
  { onEvidence }: OpenWanted,
  codes: readonly ClientErrorCode[],
  collect: () => Promise<EvidenceMaterial>,
  work: () => Promise<T>
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (onEvidence !== undefined && isClientError(error) && codes.includes(error.code)) await onEvidence(await collect())
    throw error
  }
}

/** Too few good answers is a problem to the gateway, but its evidence counts as much: the client is the judge. */
async function collectAnswers (context: PractitionerContext, eventId: string): Promise<CollectedAnswers> {
  try {
    return await context.gateways.own.fetchCfrags(eventId, context.token.authorize)
  } catch (error) {
    const problem = isClientError(error, 'PROXIES_INSUFFICIENT') ? error.details['problem'] : undefined
    if (Value.Check(ACCESS.collectCfrags.answers[200], problem)) return problem
    throw error
  }
}

/** Starts from the access request, which this workstation signed itself, and verifies everything that hangs on it. */
async function readCase (context: PractitionerContext, wanted: OpenWanted): Promise<Case> {
  const gateway = context.gateways.own
  const { event, request } = await gateway.getAccessCase(wanted.eventId, context.token.authorize)
  const party = gatewayOf(gateway.info)
  const blame: Blame = { code: 'EVENT_INVALID', what: `The request shown for event ${wanted.eventId}`, party }
  const { body, signers } = judgedWith(blame, () => openStatement('AccessRequest', request, context.networkId))
  const isMine = signers.includes(context.keys.requestSigning(context.keyNumber).publicKey().toHex()) &&
    body.receivingKey === context.keys.receiving(context.keyNumber).publicKey().toHex()
  if (!isMine || event.eventId !== wanted.eventId) {
    throw new ClientError('EVENT_INVALID', `Event ${wanted.eventId} does not come from a request that this workstation signed.`, { party })
  }
  const { consentId, patientId } = body
  if (event.decision !== 'permit' || consentId === undefined) {
    throw new ClientError('REFUSED', `Event ${wanted.eventId} is a denial: there is nothing to open.`, { reasons: event.reasons })
  }
  const record = chooseRecord(body.records, wanted)
  const [directory, consortium, consentState, recordState] = await together(
    readDirectory(context, patientId), readConsortium(context),
    gateway.getConsent(consentId, context.token.authorize),
    gateway.getRecord(record.recordId, record.version, context.token.authorize, wanted.eventId)
  )
  const consent = proveConsent(context, consentState, { directory, consortium, shownBy: gateway.info.mspId }, consentId)
  return {
    eventId: wanted.eventId,
    directory,
    consortium,
    consent,
    manifest: await proveRecord(context, gateway, recordState, directory, record)
  }
}

function chooseRecord (
  records: ReadonlyArray<{ recordId: string, version: number }>,
  { recordId, eventId }: OpenWanted
): { recordId: string, version: number } {
  const [only] = records
  if (recordId === undefined && only !== undefined && records.length === 1) return only
  if (recordId === undefined) {
    throw new ClientError('USAGE', `Event ${eventId} names several records: say which with --record.`, { records })
  }
  const found = records.find((r) => r.recordId === recordId)
  if (found === undefined) throw new ClientError('NOT_FOUND', `Event ${eventId} does not name record ${recordId}.`, { records })
  return found
}

async function findWrap (context: PractitionerContext, { manifest, eventId }: Case, { wraps }: CollectedAnswers): Promise<Uint8Array> {
  const { recordId, version } = manifest.body
  const gateway = context.gateways.own
  const sent = wraps.find((w) => w.recordId === recordId && w.version === version) ??
    await gateway.getWrap(recordId, version, eventId, context.token.authorize)
  return requireWrap(fromHex(sent.wrap), manifest, gateway.info.mspId)
}

/** What the consent grants of the record's compartment: nothing is opened, or disclosed, whose precursor is not proven. */
function grantOf (context: PractitionerContext, { consent, manifest: { label, epoch } }: Case): ProvenGrant {
  const grant = consent.grants.find((g) => g.label === label && g.epoch === epoch)
  if (grant === undefined) {
    throw new ClientError('CONSENT_INVALID', 'The consent does not cover the record.', { party: { kind: 'gateway' } })
  }
  const own = context.keys.receiving(context.keyNumber).publicKey()
  if (!grant.keys.receivingKey.equals(own)) {
    throw new ClientError('CONSENT_INVALID', 'The consent is to another receiving key than this workstation\'s.', {
      party: { kind: 'gateway' }
    })
  }
  return grant
}

function judgeRecord (context: PractitionerContext, facts: Case, wrap: Uint8Array, { answers }: CollectedAnswers): Judgement {
  const { body: { recordId, version }, wrapHash } = facts.manifest
  openWrap(facts.manifest, () => parseWrap(wrap))
  return judgeAnswers(answers.filter((a) => a.recordId === recordId && a.version === version), {
    networkId: context.networkId,
    organizations: facts.consortium.organizations,
    eventId: facts.eventId,
    capsule: wrap.subarray(0, CAPSULE_BYTES),
    wrapHash,
    consentId: facts.consent.id,
    grant: grantOf(context, facts)
  })
}

function openWith (context: PractitionerContext, facts: Case, wrap: Uint8Array, good: readonly GoodAnswer[]): Uint8Array {
  const { keys: { delegatingKey } } = grantOf(context, facts)
  return openWrap(facts.manifest, () => {
    try {
      return openWrapReencrypted(wrap, context.keys.receiving(context.keyNumber), delegatingKey, good.map((g) => g.cfrag))
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code !== 'KFRAGS_INCONSISTENT') throw error
      const { patientId } = facts.directory
      throw new ClientError(
        'KFRAGS_INCONSISTENT',
        `All ${good.length} answers are proven right and do not open together: the kfrags that patient ${patientId} made are wrong.`,
        { party: { kind: 'patient', patientId } },
        { cause: error }
      )
    }
  })
}

function tooFew (
  good: readonly GoodAnswer[],
  threshold: number,
  liars: readonly Liar[],
  silent: ReadonlyArray<{ mspId: string, code: string }>
): ClientError {
  const counts = `${good.length} good answers of ${threshold} needed`
  const details = { verified: good.map((g) => g.mspId), threshold, liars, silent }
  if (liars.length === 0) return new ClientError('PROXIES_INSUFFICIENT', `Too few proxies answered: ${counts}.`, details)
  const mspIds = [...new Set(liars.map((l) => l.mspId))]
  return new ClientError('PROXIES_LIED', `${mspIds.join(' and ')} gave a false answer, and without it there are ${counts}.`, {
    party: { kind: 'proxy', mspIds },
    ...details
  })
}
