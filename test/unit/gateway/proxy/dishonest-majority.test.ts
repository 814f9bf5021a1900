import t from 'tap'
import { SecretKey, statementId, toHex } from '@epione/crypto'
import { DECIDER, LEDGER_KEYS, POLICY_1, policyHash } from '@epione/protocol'
import type {
  AccessEvent, LedgerKey, NetworkState, PolicyDocument, RecordState, SignedStatement, StatementType, StoredStatement, SuspensionEntry
} from '@epione/protocol'
import { sign, signProhibition, signRequest, signRevocation } from '../../../helpers/ledger-fixtures.ts'
import type { TestRecord } from '../../../helpers/ledger-fixtures.ts'
import { confirmRepresentative, nameDelegate, signFreeze, signRepresentationEnd, signUnfreeze } from '../../../helpers/lifetime-fixtures.ts'
import { LyingPeers, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'

/*
 * State that a dishonest majority writes without our chaincode. Every peer then shows it, and honest contracts decide by it; the proxy of
 * the reader's hospital is asked for what they permit. It refuses, and names the rule that the state breaks.
 */

const peers = new LyingPeers()
const sharing = await Sharing.create(t, { running: [READER_MSP], special: (_mspId, consortium) => ({ ports: peers.ports(consortium) }) })
const { world, reader, patient } = sharing
const { memory } = world
const { app } = sharing.of(READER_MSP)
const ledger = world.gateway(READER_MSP).ledger

async function activate (confirming: string[] = ['CoreMSP'], members = {}): Promise<string> {
  const grant = await sharing.createGrant(members)
  await sharing.commit(grant, ...confirming)
  await app.proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP))
  return grant.consentId
}

/** What contracts decide now. */
async function request (consentId: string, record: TestRecord): Promise<AccessEvent> {
  return (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))).value
}

/** What the proxy makes of it. */
async function answer ({ eventId }: AccessEvent, { recordId, version, wrap }: TestRecord): Promise<{ code: string, rule?: unknown }> {
  try {
    await app.proxy.answerEvent(eventId, READER_MSP, [{ recordId, version, wrap: toHex(wrap) }])
    return { code: 'answered' }
  } catch (error) {
    const { code, extensions } = error as { code: string, extensions?: { rule?: unknown } }
    return { code, rule: extensions?.rule }
  }
}

/** The same body under a key of nobody who may say it. */
function forge (stored: StoredStatement): StoredStatement {
  const body = JSON.parse(stored.statement.body) as { type: StatementType }
  return { ...stored, statement: sign(world, body.type, body, SecretKey.random()) }
}

const gone = (): null => null
type Undo = () => void | Promise<void>
interface Spoiled { consentId: string, record: TestRecord, undo: Undo }
/** The rule that is named, with the code beside it where that is not STATEMENT_UNPROVEN. */
type Named = string | readonly [code: string, rule: string]
const refusalOf = (named: Named): { code: string, rule: string } =>
  typeof named === 'string' ? { code: 'STATEMENT_UNPROVEN', rule: named } : { code: named[0], rule: named[1] }
interface Case { rule: Named, spoil: (fresh: { consentId: string, record: TestRecord }) => Promise<Undo> | Undo }

/** Alters what contracts wrote under a key. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the contracts wrote there
const alter = <T extends object>(key: LedgerKey, change: (value: T) => object | null, at?: LedgerKey): Undo => memory.alter(key, change, at)
const both = (...undos: Undo[]): Undo => async () => { for (const undo of undos.reverse()) await undo() }
type Remembered = 'prohibitions' | 'frozen_patients' | 'suspensions' | 'ended_actors' | 'ended_consents' | 'ended_versions'
const rows = async (table: Remembered): Promise<number> =>
  (await app.store.db.selectFrom(table).selectAll().execute()).length

/** Waits until the gateway has read in a block what these statements said. */
async function seen (table: Parameters<typeof rows>[0], say: () => Promise<unknown>): Promise<void> {
  const before = await rows(table)
  await say()
  await until(async () => await rows(table) > before)
}

/** What the blocks show of the event's transaction. */
function showInBlock (told: AccessEvent): Undo {
  peers.block = (transaction, txId) => txId !== told.txId || transaction?.event === undefined
    ? transaction
    : { ...transaction, event: { ...transaction.event, payload: new TextEncoder().encode(JSON.stringify(told)) } }
  return () => { peers.block = (transaction) => transaction }
}

/** What the state shows of it. */
const showInState = (told: AccessEvent): Undo =>
  alter<{ event: AccessEvent }>(LEDGER_KEYS.event(told.patientId, told.time, told.txId), (stored) => ({ ...stored, event: told }))

const OPEN_POLICY: PolicyDocument = { ...POLICY_1, version: 2 }
const standing = LEDGER_KEYS.standing(patient.patientId)

const CASES: Record<string, Case> = {
  'a consent with no patient\'s signature': {
    rule: 'consent.SIGNER_WRONG',
    spoil: ({ consentId }) =>
      alter<{ consent: StoredStatement }>(LEDGER_KEYS.consent(consentId), ({ consent }) => ({ consent: forge(consent) }))
  },
  'a consent under the id of another': {
    rule: 'consent.FOREIGN',
    spoil: async ({ consentId }) => alter(LEDGER_KEYS.consent(await activate()), (other) => other, LEDGER_KEYS.consent(consentId))
  },
  'a consent with somebody else\'s custody': {
    rule: ['DECISION_MISMATCH', 'custody.missing'],
    spoil: async ({ consentId }) => both(
      alter(LEDGER_KEYS.custody(consentId, 'CoreMSP'), gone),
      alter(LEDGER_KEYS.custody(await activate(), 'CoreMSP'), (custody) => custody, LEDGER_KEYS.custody(consentId, 'Regional2MSP'))
    )
  },
  'custody that no proxy signed': {
    rule: ['DECISION_MISMATCH', 'custody.missing'],
    spoil: ({ consentId }) => alter<{ confirmation: StoredStatement }>(LEDGER_KEYS.custody(consentId, 'CoreMSP'), (custody) =>
      ({ ...custody, confirmation: forge(custody.confirmation) }))
  },
  'a consent of a representative whose end is deleted': {
    rule: 'representation.end-hidden',
    spoil: async ({ consentId }) => {
      const { id, key } = await confirmRepresentative(world, patient)
      await seen('ended_actors', () => ledger.endRepresentation(signRepresentationEnd(world, patient, id, key)))
      const late = ({ consent }: { consent: StoredStatement }): { consent: StoredStatement } => {
        const body = JSON.parse(consent.statement.body) as object
        return { consent: { ...consent, statement: sign(world, 'Consent', body, key), time: world.now() + 120_000 } }
      }
      return both(
        alter(LEDGER_KEYS.representationEnd(patient.patientId, id), gone),
        alter(LEDGER_KEYS.consent(consentId), late)
      )
    }
  },
  'a consent that a limited key signed': {
    rule: 'consent.SIGNER_WRONG',
    spoil: async ({ consentId }) => {
      const { key } = await nameDelegate(world, patient)
      return alter<{ consent: StoredStatement }>(LEDGER_KEYS.consent(consentId), ({ consent }) =>
        ({ consent: { ...consent, statement: sign(world, 'Consent', JSON.parse(consent.statement.body) as object, key) } }))
    }
  },
  'a revocation deleted': {
    rule: ['CONSENT_ENDED', 'revocation.hidden'],
    spoil: async ({ consentId }) => {
      await seen('ended_consents', () => ledger.revokeConsent(signRevocation(world, patient, consentId)))
      await until(async () => (await ledger.getConsent(consentId)).destructions.length > 0)
      return both(
        alter(LEDGER_KEYS.consentEnd(patient.patientId, consentId), gone),
        alter(LEDGER_KEYS.custody(consentId, READER_MSP), (custody) => ({ ...custody, destroyed: false }))
      )
    }
  },
  'a prohibition deleted': {
    rule: ['EVENT_DENIED', 'prohibition.hidden'],
    spoil: async () => {
      const prohibition = signProhibition(world, patient, { forbids: { organizations: [READER_MSP] } })
      await seen('prohibitions', () => ledger.forbidAccess(prohibition))
      return both(
        async () => { await ledger.forbidAccess(signProhibition(world, patient, { ends: statementId(prohibition.body) })) },
        alter(standing, gone)
      )
    }
  },
  'a freeze deleted': {
    rule: ['EVENT_DENIED', 'freeze.hidden'],
    spoil: async () => {
      const freeze = signFreeze(world, patient, patient.identity)
      await seen('frozen_patients', () => ledger.freezePatient(freeze))
      return both(async () => {
        await ledger.unfreezePatient(signUnfreeze(world, patient, statementId(freeze.body), patient.identity))
        await until(async () => await rows('frozen_patients') === 0)
      }, alter(standing, gone))
    }
  },
  'the end of a record deleted': {
    rule: ['RECORD_ENDED', 'record.end-hidden'],
    spoil: async ({ record: { recordId, version } }) => {
      const erasure = sign(world, 'Erasure', { patientId: patient.patientId, records: [{ recordId }] }, patient.identity)
      await seen('ended_versions', () => ledger.eraseRecords(erasure))
      return alter<RecordState>(LEDGER_KEYS.record(recordId, version), ({ end: _, ...state }) => state)
    }
  },
  'a manifest that its author did not sign': {
    rule: 'record.SIGNER_WRONG',
    spoil: ({ record: { recordId, version } }) =>
      alter<RecordState>(LEDGER_KEYS.record(recordId, version), (state) => ({ ...state, manifest: forge(state.manifest) }))
  },
  'a level that its patient never gave': {
    rule: 'record.level',
    spoil: ({ record: { recordId, version } }) =>
      alter<RecordState>(LEDGER_KEYS.record(recordId, version), (state) => ({ ...state, level: 'R' }))
  },
  'a directory of another key': {
    rule: 'directory.SIGNER_WRONG',
    spoil: () => alter<StoredStatement>(LEDGER_KEYS.directory(patient.patientId, 1), forge)
  },
  'a key binding that nobody\'s key signed': {
    rule: 'binding.SIGNER_WRONG',
    spoil: () => alter<StoredStatement>(LEDGER_KEYS.binding(reader.mspId, reader.staffId, 1), forge)
  },
  'a policy in the head that no approvals back': {
    rule: ['DECISION_MISMATCH', 'policy.not-agreed'],
    spoil: () => both(
      alter(LEDGER_KEYS.network(), () => OPEN_POLICY, LEDGER_KEYS.policy(policyHash(OPEN_POLICY))),
      alter<NetworkState>(LEDGER_KEYS.network(), (network) => ({ ...network, policyHash: policyHash(OPEN_POLICY) }))
    )
  }
}

for (const [what, { rule, spoil }] of Object.entries(CASES)) {
  t.test(`${what} opens nothing, and is named`, async (t) => {
    const spoiled: Spoiled = { consentId: await activate(), record: await sharing.addRecord(), undo: () => undefined }
    t.strictSame(await answer(await request(spoiled.consentId, spoiled.record), spoiled.record), { code: 'answered' }, 'before')
    spoiled.undo = await spoil(spoiled)
    const event = await request(spoiled.consentId, spoiled.record)
    t.equal(event.decision, 'permit', 'contracts permit by what they read')
    t.strictSame(await answer(event, spoiled.record), refusalOf(rule))
    await spoiled.undo()
  })
}

t.test('a custody key that is deleted after the permit opens nothing, and is named', async (t) => {
  const [consentId, { record }] = [await activate(), sharing]
  const event = await request(consentId, record)
  const undo = alter(LEDGER_KEYS.custody(consentId, 'CoreMSP'), gone)
  t.strictSame(await answer(event, record), { code: 'DECISION_MISMATCH', rule: 'custody.missing' })
  await undo()
})

t.test('an event that permits what decide denies opens nothing, in the state alone or in its block, too', async (t) => {
  const [consentId, { record }] = [await activate(['CoreMSP'], { purposes: ['ETREAT'] }), sharing]
  const event = await request(consentId, record)
  t.equal(event.decision, 'deny')
  const permitted: AccessEvent = { ...event, decision: 'permit', reasons: [], expiresAt: event.time + 60_000 }
  const undo = showInState(permitted)
  t.strictSame(await answer(event, record), { code: 'EVENT_UNKNOWN', rule: 'event.not-in-its-block' })
  const hide = showInBlock(permitted)
  t.strictSame(await answer(event, record), { code: 'DECISION_MISMATCH', rule: 'decision.differs' })
  await both(undo, hide)()
})

t.test('a request under another signature opens nothing, and is named', async (t) => {
  const [consentId, { record }] = [await activate(), sharing]
  const event = await request(consentId, record)
  const key = LEDGER_KEYS.event(event.patientId, event.time, event.txId)
  const undo = alter<{ request: SignedStatement }>(key, (stored) =>
    ({ ...stored, request: sign(world, 'AccessRequest', JSON.parse(stored.request.body) as object, SecretKey.random()) }))
  t.strictSame(await answer(event, record), refusalOf('request.signer'))
  await undo()
})

t.test('a receiving key that is not the one bound opens nothing, and is named', async (t) => {
  const [consentId, { record }] = [await activate(), sharing]
  const event = await request(consentId, record)
  const undo = alter<StoredStatement>(LEDGER_KEYS.binding(reader.mspId, reader.staffId, 1), (stored) => {
    const other = SecretKey.random()
    const body = { ...JSON.parse(stored.statement.body) as object, receivingKey: other.publicKey().toHex() }
    const signed = sign(world, 'KeyBinding', body, reader.requestSigning, other)
    return { ...stored, id: statementId(signed.body), statement: signed }
  })
  t.strictSame(await answer(event, record), { code: 'STATEMENT_UNPROVEN', rule: 'request.receiving-key' })
  await undo()
})

const TOLD: Record<string, { rule: Named, tell: (event: AccessEvent) => Partial<AccessEvent> }> = {
  'a decision of another version than this proxy takes': {
    rule: ['DECISION_MISMATCH', 'decision.decider'],
    tell: ({ decider }) => ({ decider: decider + 1 })
  },
  'a record told otherwise than its manifest tells it': {
    rule: 'record.not-its-manifest',
    tell: ({ records }) => ({ records: records.map((r) => ({ ...r, mediaClass: 'image' })) })
  }
}

for (const [what, { rule, tell }] of Object.entries(TOLD)) {
  t.test(`${what} opens nothing, in state and block, and is named`, async (t) => {
    const [consentId, { record }] = [await activate(), sharing]
    const event = await request(consentId, record)
    t.match(event, { decider: DECIDER, records: [{ mediaClass: 'document' }] })
    const told: AccessEvent = { ...event, ...tell(event) }
    const undo = both(showInState(told), showInBlock(told))
    t.strictSame(await answer(event, record), refusalOf(rule))
    await undo()
  })
}

t.test('a record whose registration no block shows is of no data period, and is named', async (t) => {
  const terms = { grade: 'intermediate', dataPeriod: { from: 0, until: world.now() + 86_400_000 } }
  const [consentId, { record }] = [await activate(['CoreMSP'], terms), sharing]
  const event = await request(consentId, record)
  const { manifest } = await ledger.getRecord(record.recordId, 1)
  peers.block = (transaction, txId) => txId === manifest.txId ? undefined : transaction
  t.strictSame(await answer(event, record), refusalOf('record.taken-at'))
  peers.block = (transaction) => transaction
})

t.test('a suspension deleted lets nobody read on, and is named', async (t) => {
  const [consentId, { record }] = [await activate(), sharing]
  const { mspId, staffId } = reader
  await seen('suspensions', () =>
    world.registrar(mspId).ledger.suspendStaff({ staffId, target: { kind: 'person' }, cause: 'left' }))
  await t.rejects(request(consentId, record), { code: 'SUSPENDED' })
  alter<SuspensionEntry[]>(LEDGER_KEYS.suspensions(mspId, staffId), gone)
  alter<{ ended?: object }>(LEDGER_KEYS.bindingHead(mspId, staffId), ({ ended: _, ...head }) => head)
  const event = await request(consentId, record)
  t.equal(event.decision, 'permit')
  t.strictSame(await answer(event, record), { code: 'EVENT_DENIED', rule: 'suspension.hidden' })
})
