import { join } from 'node:path'
import type { EpioneAnswer, Party } from '../helpers/epione.ts'
import type { Cast } from '../helpers/cast.ts'
import { proveToOutsiders } from './anchored.ts'
import { agreeToClear, awaitCleared } from './cleared.ts'
import { describeFile } from './files.ts'
import type { FileFacts } from './files.ts'
import { measureAtHome } from './measured.ts'
import type { StepOutcome, Timeline } from './timeline.ts'
import { runVerb, startHelper } from './verbs.ts'

interface Hospital { id: string, name: string, mspId: string }

export interface Setting {
  timeline: Timeline
  /** Address of an EVM node of the chain on which blocks are anchored. */
  rpcUrl: string
  cast: Cast
  stateDir: string
  folder: string
  record: FileFacts
  home: Hospital
  readerHospital: Hospital
  /** The hospital whose place a liar takes. */
  liarHospital: Hospital
}

/** Exit code of `epione` for a refusal (cli/README.md). */
const REFUSED = 3
const CATEGORY = 'summary'
/** By which a record of any kind is found. */
const KEYWORD = 'referral'

const text = (answer: EpioneAnswer, name: string): string => String(answer.json[name])
const list = (answer: EpioneAnswer, name: string): unknown[] => Array.isArray(answer.json[name]) ? answer.json[name] as unknown[] : []
const errorOf = (answer: EpioneAnswer): Record<string, unknown> => (answer.json['error'] ?? {}) as Record<string, unknown>

/** Transaction and block of an answer that a ledger write gave. */
function written (source: Record<string, unknown>): { txId?: string, block?: number } {
  const { txId, blockNumber } = source
  return typeof txId === 'string' && typeof blockNumber === 'number' ? { txId, block: blockNumber } : {}
}

/** Plays every step; each checks itself. @returns the SHA-256 of what the reader opened. */
export async function tellStory (s: Setting): Promise<{ sha256: string }> {
  await awaitCleared(s, console.log)
  const { patientId } = await registerPatient(s)
  const recordId = await registerRecord(s)
  const share = { ...s, patientId, recordId, eventIds: [] as string[] }
  await denyRequest(share, 'denied-without-consent', ['consent.none-named'])
  const consentId = await grantConsent(s)
  await findRecord(share)
  const sha256 = await shareOnce(share)
  await measureAtHome(s)
  await stopTheAuthorsGateway(share)
  // From here on nobody asks the liar: two of three hospitals are needed, so none of the others may be off.
  await nameTheLiar(share)
  await agreeToClear(share)
  await listAudit(share)
  await revoke(share, consentId)
  await proveToOutsiders(share)
  return { sha256 }
}

export type Share = Setting & { patientId: string, recordId: string, eventIds: string[] }

async function registerPatient ({ timeline, cast: { patient }, stateDir, home }: Setting): Promise<{ patientId: string }> {
  let patientId = ''
  await timeline.step('patient-keys', async () => {
    const made = await patient.must([
      'patient', 'init', '--network', join(stateDir, 'network.json'), '--gateway', home.id, '--phrase-file',
      patient.path('phrase')
    ])
    await patient.unlock()
    const keys = await patient.must(['patient', 'keys'])
    await patient.must(['patient', 'card', '--out', patient.path('card.json')])
    patientId = text(made, 'patientId')
    const ok = text(keys, 'patientId') === patientId && list(keys, 'compartments').length > 1
    return { ok, who: 'patient', what: `one phrase, ${list(keys, 'compartments').length} compartments`, ...written(made.json) }
  })
  return { patientId }
}

async function registerRecord ({ timeline, cast: { author, patient }, record, home }: Setting): Promise<string> {
  let recordId = ''
  await timeline.step('record-registered', async () => {
    const added = await author.must([
      'record', 'add', record.path, '--card', patient.path('card.json'), '--category', CATEGORY, '--keyword', KEYWORD
    ])
    recordId = text(added, 'recordId')
    const copies = list(added, 'copies')
    const ok = added.json['sizeBytes'] === record.sizeBytes && copies.length > 0
    return {
      ok,
      who: `author, ${home.name}`,
      what: `sealed ${record.sizeBytes} bytes, copies at ${copies.join(', ')}`,
      ...written(added.json)
    }
  })
  return recordId
}

function requestAccess ({ cast: { reader }, patientId, recordId }: Share): Promise<EpioneAnswer> {
  return reader.run(['access', 'request', '--patient', patientId, '--record', recordId, '--purpose', 'TREAT'])
}

async function denyRequest (share: Share, step: 'denied-without-consent' | 'denied-after-revocation', rules: string[]): Promise<void> {
  await share.timeline.step(step, async () => {
    const answer = await requestAccess(share)
    const error = errorOf(answer)
    const found = (error['reasons'] as Array<{ rule: string }> | undefined ?? []).map((r) => r.rule)
    if (typeof error['eventId'] === 'string') share.eventIds.push(error['eventId'])
    const ok = answer.exitCode === REFUSED &&
      error['code'] === 'ACCESS_DENIED' &&
      rules.every((r) => found.includes(r)) &&
      typeof error['eventId'] === 'string'
    return {
      ok,
      who: `reader, ${share.readerHospital.name}`,
      what: `denied and logged: ${found.join(', ')}`,
      ms: answer.ms,
      ...written(error)
    }
  })
}

async function grantConsent ({ timeline, cast: { patient, readerId, readerFingerprint } }: Setting): Promise<string> {
  let consentId = ''
  await timeline.step('consent-active', async () => {
    const granted = await patient.must([
      'consent', 'grant', '--practitioner', readerId, '--category', CATEGORY, '--purpose', 'TREAT', '--days', '7',
      '--action', 'read', 'search', '--fingerprint', readerFingerprint
    ])
    consentId = text(granted, 'consentId')
    const custody = list(granted, 'custody')
    const threshold = Number(granted.json['threshold'])
    const ok = text(granted, 'status') === 'active' && threshold > 1 && custody.length >= threshold
    return {
      ok,
      who: 'patient',
      what: `${threshold} of ${String(granted.json['shares'])} needed, kfrags in custody of ${custody.join(', ')}`,
      ...written(granted.json)
    }
  })
  return consentId
}

/** Finds the record by a word that its gateway never saw. */
async function findRecord ({ timeline, cast: { reader }, readerHospital, patientId, recordId, eventIds }: Share): Promise<void> {
  await timeline.step('found', async () => {
    const answer = await reader.must(['search', KEYWORD, '--patient', patientId, '--purpose', 'TREAT', '--explain'])
    eventIds.push(...list(answer, 'eventIds') as string[])
    const { compartments } = answer.json['explained'] as { compartments: Array<{ signedBy: string[] }> }
    const signedBy = compartments[0]?.signedBy ?? []
    const found = list(answer, 'items') as Array<{ recordId: string }>
    return {
      ok: found.length === 1 && found[0]?.recordId === recordId && signedBy.length > 1,
      who: `reader, ${readerHospital.name}`,
      what: `by keyword; that nothing is missing sign ${signedBy.join(', ')}`,
      ms: answer.ms
    }
  })
}

/** Asks for a permit, which must be given; remembers its event. */
async function obtainPermit (share: Share): Promise<EpioneAnswer> {
  const answer = await requestAccess(share)
  if (answer.exitCode !== 0 || answer.json['decision'] !== 'permit') {
    throw new Error(`no permit: ${JSON.stringify(answer.json)} ${answer.stderr}`)
  }
  share.eventIds.push(text(answer, 'eventId'))
  return answer
}

/** Opens the permitted record into build/demo/opened and compares it with the original. */
async function openRecord (
  share: Share,
  permit: EpioneAnswer,
  name: string
): Promise<{ answer: EpioneAnswer, identical: boolean, sha256: string }> {
  const out = join(share.folder, 'opened', name)
  const answer = await share.cast.reader.must(['open', text(permit, 'eventId'), '--record', share.recordId, '--out', out])
  const opened = await describeFile(out)
  return { answer, sha256: opened.sha256, identical: opened.sha256 === share.record.sha256 && opened.sizeBytes === share.record.sizeBytes }
}

async function shareOnce (share: Share): Promise<string> {
  const { timeline, readerHospital } = share
  const who = `reader, ${readerHospital.name}`
  let permit: EpioneAnswer | undefined
  await timeline.step('permitted', async () => {
    permit = await obtainPermit(share)
    return { ok: true, who, what: 'purpose TREAT', ms: permit.ms, ...written(permit.json) }
  })
  if (permit === undefined) throw new Error('no permit')
  const opened = await openRecord(share, permit, 'record')
  const verified = list(opened.answer, 'verified')
  await timeline.step('cfrags-verified', () => Promise.resolve<StepOutcome>({
    ok: verified.length >= 2 &&
      list(opened.answer, 'liars').length === 0,
    who,
    what: `proofs of ${verified.join(', ')} hold`,
    ms: opened.answer.ms
  }))
  await timeline.step('opened', () => Promise.resolve<StepOutcome>({
    ok: opened.identical, who, what: `byte-identical, sha256 ${opened.sha256.slice(0, 16)}…`, ms: opened.answer.ms
  }))
  return opened.sha256
}

interface Liar { mspId: string, accused: boolean, failure: string, txId?: string, blockNumber?: number }

const LIAR_TRIES = 3

/** A share needs the first good answers only: on a slow machine the liar's may come too late to be seen, then it is asked again. */
async function openDespiteLiar (share: Share): Promise<Awaited<ReturnType<typeof openRecord>>> {
  for (let attempt = 1; ; attempt += 1) {
    const opened = await openRecord(share, await obtainPermit(share), `record-despite-liar-${attempt}`)
    if (list(opened.answer, 'liars').length > 0 || attempt === LIAR_TRIES) return opened
  }
}

async function nameTheLiar (share: Share): Promise<void> {
  const { timeline, stateDir, liarHospital } = share
  await runVerb('down', [`gateway.${liarHospital.id}`])
  const stopLiar = await startHelper('liar.ts', ['--state', stateDir, '--organization', liarHospital.id])
  try {
    await timeline.step('liar-named', async () => {
      const opened = await openDespiteLiar(share)
      const liars = list(opened.answer, 'liars') as Liar[]
      const [liar] = liars
      const ok = opened.identical && liars.length === 1 && liar?.mspId === liarHospital.mspId && liar.accused
      return {
        ok,
        who: `${liarHospital.name} lies`,
        what: `named ${liar?.mspId ?? 'nobody'} (${liar?.failure ?? ''}), evidence on the ledger, opened all the same`,
        ...written({ ...liar })
      }
    })
  } finally {
    await stopLiar()
    await runVerb('up', [])
  }
}

async function stopTheAuthorsGateway (share: Share): Promise<void> {
  const { timeline, home } = share
  await runVerb('down', [`gateway.${home.id}`])
  try {
    await timeline.step('gateway-stopped', async () => {
      const permit = await obtainPermit(share)
      const opened = await openRecord(share, permit, 'record-without-author')
      const verified = list(opened.answer, 'verified')
      return {
        ok: opened.identical && !verified.includes(home.mspId),
        who: `${home.name} is off`,
        what: `opened through ${verified.join(', ')}`,
        ...written(permit.json)
      }
    })
  } finally {
    await runVerb('up', [])
  }
}

async function listAudit ({ timeline, cast: { auditor, patient }, patientId, eventIds }: Share): Promise<void> {
  await timeline.step('audit-listed', async () => {
    const seen = await auditor.must(['audit', 'list', '--patient', patientId])
    const own = await patient.must(['audit', 'list'])
    const items = list(seen, 'items') as Array<{ eventId: string, decision: string }>
    const denials = items.filter((e) => e.decision === 'deny').length
    const sameIds = (answer: EpioneAnswer): boolean =>
      (list(answer, 'items') as Array<{ eventId: string }>).map((e) => e.eventId).sort().join() === [...eventIds].sort().join()
    return {
      ok: sameIds(seen) && sameIds(own) && denials === 1,
      who: 'auditor, patient',
      what: `${items.length} events, ${denials} of them denied; the patient sees the same from two hospitals`
    }
  })
}

async function revoke (share: Share, consentId: string): Promise<void> {
  const { timeline, cast: { patient } } = share
  await timeline.step('revoked', async () => {
    const revoked = await patient.must(['consent', 'revoke', consentId])
    return { ok: text(revoked, 'consentId') === consentId, who: 'patient', what: 'consent ended', ...written(revoked.json) }
  })
  await denyRequest(share, 'denied-after-revocation', ['consent.revoked'])
  await timeline.step('kfrags-destroyed', async () => await waitForDestruction(patient, consentId))
}

const DESTRUCTION_WAIT_MS = 30_000

/** Proxies say on the ledger that they destroyed their kfrags; asked until all that held some have. */
async function waitForDestruction (patient: Party, consentId: string): Promise<StepOutcome> {
  const deadline = Date.now() + DESTRUCTION_WAIT_MS
  for (;;) {
    const answer = await patient.must(['consent', 'list'])
    const consent = (list(answer, 'items') as Array<{ consentId: string, custody: string[], destroyed: string[] }>).find((c) =>
      c.consentId === consentId)
    const destroyed = consent?.destroyed ?? []
    const ok = consent !== undefined && destroyed.length > 0 && consent.custody.every((mspId) => destroyed.includes(mspId))
    if (ok || Date.now() > deadline) return { ok, who: 'proxies', what: `destroyed at ${destroyed.join(', ')}` }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
