import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { forbidAccess, listConsents, previewConsent, requestAccess } from '@epione/sdk'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const dir = t.testdir({})
const [author, reader] = [await hospitals.physician(core), await hospitals.physician(regional1)]
const patient = await hospitals.patient()
const recordId = await writeRecord(author, patient, 'words')
const wanted = { grantee: reader.person, categories: ['summary'], purposes: ['TREAT'], days: 1 }

t.test('before anybody was seen, a preview says which certificates would open the records, and signs nothing', async (t) => {
  const preview = await previewConsent(patient, wanted)
  t.match(preview, {
    opens: 0,
    perhaps: 1,
    already: 0,
    closed: 0,
    records: [{ recordId, version: 1, category: 'summary', outcome: 'depends', already: false, sentences: [/never asked for anything, can read it to treat you if certified as .*physician/] }]
  })
  t.strictSame(await listConsents(patient), [])
})

t.test('a consent for other purposes, or one that a prohibition beats, opens nothing, and says why', async (t) => {
  t.match(await previewConsent(patient, { ...wanted, purposes: ['HOPERAT'] }), { perhaps: 0, closed: 1, records: [{ outcome: 'deny' }] })
  t.match(await previewConsent(patient, { ...wanted, terms: { levels: ['V'] } }), { closed: 1, records: [{ sentences: [/do(es)? not cover/] }] })
  const { prohibitionId } = await forbidAccess(patient, { people: [reader.person] })
  t.ok(prohibitionId)
  t.match(await previewConsent(patient, wanted), { closed: 1, records: [{ sentences: [/You had forbidden it/] }] })
})

t.test('what is open already is told as such, by the certificate that the log has seen', async (t) => {
  const other = await hospitals.patient()
  const record = await writeRecord(author, other, 'words')
  await grantTo(reader, other)
  await requestAccess(reader, { patientId: other.patientId, records: [{ recordId: record }], purpose: 'TREAT' })
  t.match(await previewConsent(other, wanted), {
    opens: 0, already: 1, records: [{ outcome: 'permit', already: true, sentences: [/\(physician, cardiology\) can read it to treat you\.$/] }]
  })
  t.match(await previewConsent(other, { ...wanted, grantee: author.person }), { opens: 0, perhaps: 1, already: 0 })
})

t.test('at the command line --preview takes the options of a grant, and grants nothing', async (t) => {
  const network = writeNetworkFile(join(dir, 'network'), hospitals)
  const own = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  await own.run('patient', 'init', '--network', network, '--gateway', 'core', '--phrase-file', own.path('phrase'))
  writeFileSync(own.path('record.txt'), 'a record of some words')
  await own.run('record', 'add', '--category', 'summary', own.path('record.txt'))
  const { mspId, staffId } = reader.person
  const grant = ['consent', 'grant', '--practitioner', `${mspId}/${staffId}`, '--category', 'summary', '--purpose', 'TREAT', '--days', '1']
  t.match(await own.run(...grant, '--preview'), {
    exitCode: 0, json: { perhaps: 1, items: [{ category: 'summary', outcome: 'depends', already: false, sentences: [String] }] }
  })
  t.match(await own.run('consent', 'list'), { exitCode: 0, json: { items: [] } })
})
