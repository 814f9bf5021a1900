import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { BearerToken, followNotices, requestAccess, revokeConsent } from '@epione/sdk'
import type { Alive, Notice, NoticesWanted, NoticeWarning, TokenContext } from '@epione/sdk'
import type { PatientContext, PractitionerContext } from '@epione/sdk'
import type {} from '../../../gateway/src/ledger/events-plugin.ts'
import { epione, writeNetworkFile } from '../../helpers/client/cli.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'

/* Notices on access: server-sent events of real gateways, through fronts that can lie. */

let offset = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + offset })
const { core, regional1 } = hospitals
const patient = await hospitals.patient()
const other = await hospitals.patient()
const [author, reader] = [await hospitals.physician(core), await hospitals.physician(regional1)]
const recordId = await writeRecord(author, patient, 'words')
const ofOther = await writeRecord(author, other, 'other words')
await grantTo(reader, other)

t.afterEach(() => {
  for (const { front } of hospitals.all) {
    front.rewrite = undefined
    front.instead = undefined
  }
})

type Told = Notice | Alive | NoticeWarning
/** What somebody is told from now on, until the test ends it. */
class Listener {
  readonly told: Told[] = []
  error: unknown
  readonly #stop = new AbortController()
  readonly #work: Promise<void>

  constructor (context: PatientContext | PractitionerContext | TokenContext, wanted: Omit<NoticesWanted, 'signal'> = {}) {
    this.#work = this.#listen(context, { longestPauseMs: 200, ...wanted, signal: this.#stop.signal })
  }

  /** Once it listens, what happens later is told. */
  async ready (): Promise<this> {
    await until(() => Promise.resolve(this.told.some(({ kind }) => kind === 'alive') || this.error !== undefined))
    return this
  }

  get notices (): Notice[] {
    return this.told.filter((one) => one.kind !== 'alive' && one.kind !== 'warning')
  }

  get warnings (): string[] {
    return this.told.flatMap((one) => one.kind === 'warning' ? [one.text] : [])
  }

  async reach (notices: number): Promise<void> {
    await until(() => Promise.resolve(this.notices.length >= notices || this.error !== undefined))
  }

  async end (): Promise<void> {
    this.#stop.abort()
    await this.#work
  }

  async #listen (context: PatientContext | PractitionerContext | TokenContext, wanted: NoticesWanted): Promise<void> {
    try {
      for await (const told of followNotices(context, wanted)) this.told.push(told)
    } catch (error) {
      this.error = error
    }
  }
}

const ask = async (whose = patient, record = recordId, who = reader): Promise<string> =>
  (await requestAccess(who, { patientId: whose.patientId, records: [{ recordId: record }], purpose: 'TREAT' })
    .catch((error: unknown) => (error as { details: { eventId: string } }).details)).eventId
const auditor = async (expiresInSeconds = 3_600, subject = 'auditor-wide'): Promise<TokenContext> => ({
  ...hospitals.client(core), role: 'token', token: new BearerToken(await core.gateway.token(subject, 'user/AuditEvent.rs', { expiresInSeconds }))
})
const eventsOf = (notices: readonly Notice[]): string[] => notices.flatMap((one) => one.kind === 'access' ? [one.event.eventId] : [])

t.test('a patient is told of each access and consent once, by two hospitals, and of nobody else\'s', async (t) => {
  const listener = await new Listener(patient).ready()
  const denied = await ask()
  const { consentId } = await grantTo(reader, patient)
  const permitted = await ask()
  await ask(other, ofOther)
  await revokeConsent(patient, consentId)
  await listener.reach(4)
  t.match(listener.notices, [
    { kind: 'access', event: { eventId: denied, decision: 'deny', patientId: patient.patientId } },
    { kind: 'consent', change: { change: 'granted', about: consentId } },
    { kind: 'access', event: { eventId: permitted, decision: 'permit' } },
    { kind: 'consent', change: { change: 'revoked', about: consentId } }
  ])
  t.same(listener.warnings, [])
  await listener.end()

  const [first] = listener.notices
  const resumed = new Listener(patient, { after: first?.place ?? '' })
  await resumed.reach(3)
  t.same(resumed.notices.map(({ place }) => place), listener.notices.slice(1).map(({ place }) => place), 'after a place, all that follows and nothing twice')
  await resumed.end()
  const only = new Listener(patient, { after: '0.0', kind: 'access' })
  await only.reach(2)
  t.same(eventsOf(only.notices), [denied, permitted])
  await only.end()
})

t.test('an auditor is told what fits, staff what they asked themselves', async (t) => {
  const [permits, own] = [await new Listener(await auditor(), { decision: 'permit' }).ready(), await new Listener(author).ready()]
  await ask()
  const permitted = await ask(other, ofOther)
  await permits.reach(1)
  t.same(eventsOf(permits.notices), [permitted])
  t.same(own.notices, [])
  await Promise.all([permits.end(), own.end()])
  const foreign = new Listener(await auditor(3_600, 'auditor-own'), { mspId: 'Regional1MSP' })
  await until(() => Promise.resolve(foreign.error !== undefined))
  t.match(foreign.error, { code: 'REFUSED', details: { gatewayCode: 'NOT_PERMITTED' } }, 'an auditor of another hospital')
})

t.test('a hospital that keeps a notice back, or tells it otherwise, is named', async (t) => {
  const listener = await new Listener(other).ready()
  await until(() => Promise.resolve(listener.told.filter(({ kind }) => kind === 'alive').length > 0 && regional1.gateway.app.notices.count > 0))
  regional1.front.rewrite = (text) => text.includes('event: access') ? ': nothing\n\n' : text
  const hidden = await ask(other, ofOther)
  await until(() => Promise.resolve(listener.warnings.length > 0))
  t.match(listener.warnings, [new RegExp(`^Event ${hidden} is told by CoreMSP alone`)])
  regional1.front.rewrite = (text) => text.replace('"permit"', '"deny"')
  await ask(other, ofOther)
  await until(() => Promise.resolve(listener.warnings.length > 1))
  t.match(listener.warnings[1], /is told otherwise by/)
  t.equal(listener.error, undefined)
  await listener.end()
})

t.test('a second hospital that tells, and never says that it told everything, is named', async (t) => {
  const hiding = (text: string): string => text.split('\n\n').filter((one) => !one.includes('event: alive')).join('\n\n')
  regional1.front.rewrite = (text) => text.includes('event: alive') ? `${hiding(text)}: nothing\n\n` : text
  const listener = await new Listener(other, { aliveWithinMs: 2_000 }).ready()
  const permitted = await ask(other, ofOther)
  await until(() => Promise.resolve(listener.warnings.some((text) => text.startsWith('Regional1MSP'))))
  t.match(listener.warnings.find((text) => text.startsWith('Regional1MSP')), /^Regional1MSP has not said for 2 s that it told everything/)
  await until(() => Promise.resolve(eventsOf(listener.notices).includes(permitted)))
  t.equal(listener.error, undefined, 'what it tells is told')
  await listener.end()
})

t.test('a place that one of two hospitals names alone is none up to which all was told', async (t) => {
  const ahead = '999999999.0'
  core.front.rewrite = (text) => text.includes('event: alive') ? ': nothing\n\n' : text
  regional1.front.rewrite = (text) => text.replace(/^id: .*$/gm, `id: ${ahead}`)
  const listener = new Listener(other)
  await until(() => Promise.resolve(core.gateway.app.notices.count > 0 && regional1.gateway.app.notices.count > 0))
  const permitted = await ask(other, ofOther)
  await until(() => Promise.resolve(eventsOf(listener.notices).includes(permitted)))
  core.front.rewrite = undefined
  await listener.ready()
  t.strictSame(listener.told.filter(({ kind, ...one }) => kind === 'alive' && 'place' in one && one.place === ahead), [], 'who begins after it would be told nothing any more')
  await listener.end()
})

t.test('a gateway that breaks off is asked again from the last place, and says meanwhile that it cannot be reached', async (t) => {
  const listener = await new Listener(await auditor()).ready()
  core.front.instead = (_method, path) => path.startsWith('/v1/notices') ? { status: 503, body: { code: 'NOT_READY', status: 503, title: 'x', detail: 'starting' } } : undefined
  // The connection that is open ends with its own words.
  core.front.rewrite = () => 'event: end\ndata: {"code":"NOT_READY","detail":"this gateway ends"}\n\n'
  const before = await ask(other, ofOther)
  await until(() => Promise.resolve(listener.warnings.length > 0))
  t.match(listener.warnings[0], /^CoreMSP cannot be reached/)
  const during = await ask(other, ofOther)
  core.front.rewrite = undefined
  core.front.instead = undefined
  const after = await ask(other, ofOther)
  await until(() => Promise.resolve(eventsOf(listener.notices).includes(after)))
  t.same(eventsOf(listener.notices), [before, during, after], 'none lost, none twice')
  await listener.end()
  await until(() => Promise.resolve(core.gateway.app.notices.count === 0))
})

t.test('places of no ledger, other patients and too many connections are refused', async (t) => {
  const get = async (address: string, headers: object = {}): Promise<Record<string, unknown>> => {
    const token = await core.gateway.token('auditor-wide', 'user/AuditEvent.rs')
    return (await core.gateway.app.inject({ url: address, headers: { authorization: `Bearer ${token}`, ...headers } })).json()
  }
  t.match(await get('/v1/notices?after=x'), { status: 400, code: 'REQUEST_INVALID' })
  t.match(await get('/v1/notices?after=999999999.0'), { status: 400, code: 'CURSOR_INVALID' })
  t.match(await get('/v1/notices', { 'last-event-id': '1.1; drop table' }), { status: 400, code: 'CURSOR_INVALID' })
  t.match(await get('/v1/notices?kind=secrets'), { status: 400, code: 'REQUEST_INVALID' })
  const foreign = new Listener(patient, { patientId: other.patientId })
  await until(() => Promise.resolve(foreign.error !== undefined))
  t.match(foreign.error, { code: 'REFUSED', details: { gatewayCode: 'NOT_PERMITTED' } })
  const places = Array.from({ length: core.gateway.config.limits.followsPerCaller }, () => core.gateway.app.notices.open('staff:auditor-wide'))
  t.match(await get('/v1/notices'), { status: 429, code: 'TOO_MANY_REQUESTS' })
  for (const leave of places) leave()
  t.equal(core.gateway.app.notices.count, 0, 'who has gone leaves its place')
})

t.test('a gateway that does not know the newest of the ledger says so', async (t) => {
  const { app } = core.gateway
  Object.defineProperty(app.events, 'connected', { configurable: true, get: () => false })
  t.teardown(() => { Reflect.deleteProperty(app.events, 'connected') })
  const listener = new Listener(await auditor())
  await until(() => Promise.resolve(listener.warnings.length > 0))
  t.match(listener.warnings, [/^CoreMSP does not know the newest of the ledger/])
  await listener.end()
})

t.test('notices end with the token, and with the auditor\'s place on the list', async (t) => {
  const { network } = core.gateway.app.ports
  const organization = network.organizations.find(({ mspId }) => mspId === 'CoreMSP')
  if (organization === undefined) throw new Error('no core')
  const listed = organization.auditors
  const struck = await new Listener(await auditor()).ready()
  organization.auditors = []
  await ask(other, ofOther)
  await until(() => Promise.resolve(struck.error !== undefined))
  t.match(struck.error, { code: 'REFUSED', details: { gatewayCode: 'NOT_ENROLLED' } })
  t.same(struck.notices, [], 'what came after is not told')
  organization.auditors = listed

  const cut = await new Listener(await auditor()).ready()
  organization.auditors = listed.map((one) => ({ ...one, scope: 'organization' as const }))
  await ask(other, ofOther)
  await ask(other, ofOther, author)
  await until(() => Promise.resolve(cut.notices.length > 0 || cut.error !== undefined))
  t.match(cut.notices, [{ kind: 'access', event: { actor: { mspId: 'CoreMSP' } } }], 'whose scope was cut is told less at once')
  await cut.end()
  organization.auditors = listed

  const short = await new Listener(await auditor(600)).ready()
  offset += 1_200_000
  await hospitals.consortium.world.gateway('CoreMSP').ledger.beat()
  await until(() => Promise.resolve(short.error !== undefined))
  t.match(short.error, { code: 'REFUSED', details: { gatewayCode: 'TOKEN_EXPIRED', after: String } })
  t.same(short.notices, [])
})

t.test('the command tells notices line by line, and where to go on', async (t) => {
  const dir = t.testdir({})
  const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
  const tokenFile = join(dir, 'token')
  writeFileSync(tokenFile, `${await core.gateway.token('auditor-wide', 'user/AuditEvent.rs')}\n`)
  const env = { EPIONE_HOME: join(dir, 'home'), EPIONE_TOKEN_FILE: tokenFile }
  const { exitCode, stdout } = await epione(['audit', 'follow', '--kind', 'access', '--after', '0.0', '--for', '5s', ...network], env)
  t.equal(exitCode, 0, stdout)
  t.match(stdout, /^\d{4}-\S+ denied: Regional1MSP\/\S+ to read for TREAT, patient \S+, event \S+$/m)
  t.match(stdout, /after: \d+\.\d+/)
  t.match(await epione(['audit', 'follow', '--after', 'yesterday', ...network], env), { exitCode: 2, stderr: /no place/ })
})
