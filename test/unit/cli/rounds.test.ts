import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { forbidAccess, grantConsent } from '@epione/sdk'
import { about } from '../../helpers/client/front.ts'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core } = hospitals
const dir = t.testdir({})
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const author = await hospitals.physician(hospitals.regional1)
await core.gateway.enrol('on-round', 'physician')
const reader = new Typist(join(dir, 'reader'), await core.gateway.token('on-round', 'user/DocumentReference.c user/DocumentReference.rs'))
const { json: { staffId, fingerprint } } = await reader.run('practitioner', 'init', ...network, '--phrase-file', reader.path('phrase'))
await reader.run('practitioner', 'bind')
const person = { mspId: 'CoreMSP', staffId: String(staffId) }
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })

const beds = await Promise.all(['one', 'two', 'three'].map(async (text) => {
  const patient = await hospitals.patient()
  return { text, patient, recordId: await writeRecord(author, patient, text) }
}))
const [one, two, three] = beds as [typeof beds[0], typeof beds[0], typeof beds[0]]
for (const { patient } of [one, two]) {
  await grantConsent(patient, { grantee: person, categories: ['summary'], purposes: ['TREAT'], days: 1, fingerprint: String(fingerprint) })
}
const ask = ({ patient, recordId }: typeof one): string => `${patient.patientId}=${recordId}`
const round = (...asks: string[]): string[] => ['access', 'round', ...asks, '--purpose', 'TREAT']

t.afterEach(() => { core.front.lies = [] })

t.test('a ward round is one transaction, and each patient\'s record opens by its own event', async (t) => {
  const height = hospitals.consortium.world.memory.height
  const { exitCode, json } = await reader.run(...round(ask(one), `${ask(two)}:1`))
  t.equal(exitCode, 0, JSON.stringify(json))
  t.equal(hospitals.consortium.world.memory.height, height + 1n)
  const items = json['items'] as Array<{ eventId: string, txId: string, patientId: string }>
  t.match(items, [one, two].map(({ patient: { patientId }, recordId }) =>
    ({ patientId, decision: 'permit', records: [{ recordId, version: 1 }], confirmedElsewhere: true })))
  t.equal(items[0]?.txId, items[1]?.txId)
  for (const [index, { text }] of [one, two].entries()) {
    const out = join(t.testdir(), `opened-${index}`)
    t.match(await reader.run('open', String(items[index]?.eventId), '--out', out), { exitCode: 0, json: { liars: [] } })
    t.equal(readFileSync(out, 'utf8'), text)
  }
})

t.test('a denial of one keeps no other back, and the command ends as refused', async (t) => {
  await forbidAccess(two.patient, { people: [person] })
  t.match(await reader.run(...round(ask(three), ask(one), ask(two))), {
    exitCode: 3,
    json: error({
      code: 'ACCESS_DENIED',
      items: [
        { decision: 'deny', reasons: [{ rule: 'consent.none-named' }], eventId: String },
        { decision: 'permit', patientId: one.patient.patientId },
        { decision: 'deny', reasons: [{ rule: 'patient.prohibits' }], eventId: String }
      ]
    })
  })
})

t.test('what is no round is refused before anything is sent', async (t) => {
  const asks: Array<[string[], RegExp]> = [
    [[ask(one), ask(one)], /each patient once/], [[one.recordId], /PATIENT=RECORD/], [[`x=${one.recordId}`], /./],
    [[`${one.patient.patientId}=`], /not a record/], [Array.from({ length: 33 }, () => ask(one)), /1 to 32/]
  ]
  for (const [args, message] of asks) t.match(await reader.run(...round(...args)), { exitCode: 2, json: error({ code: 'USAGE', message }) })
})

t.test('a gateway that answers with another round than it was asked is named', async (t) => {
  const lie = (change: (items: unknown[]) => unknown[]): void => {
    core.front.lies = [about('POST', /of-all$/, (answer: { items: unknown[] }) => ({ items: change(answer.items) }))]
  }
  const party = { kind: 'gateway', mspId: 'CoreMSP' }
  lie((items) => items.slice(1))
  t.match(await reader.run(...round(ask(one), ask(three))), { exitCode: 4, json: error({ code: 'ANSWER_MALFORMED', party }) })
  lie((items) => items.toReversed())
  t.match(await reader.run(...round(ask(one), ask(three))), { exitCode: 4, json: error({ code: 'EVENT_INVALID', party }) })
})
