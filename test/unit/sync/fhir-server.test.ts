import { writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { Ehr, observation, say } from '../../helpers/ehr.ts'
import { contentsOf, SyncDesk } from '../../helpers/sync.ts'

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)
const [anna, bruno] = await Promise.all([hospitals.patient(), hospitals.patient()])

t.test('what a server has is sealed once, what changes as a new version, what is deleted is withdrawn', async (t) => {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  for (let i = 0; i < 7; i++) ehr.put(observation(`o${String(i)}`, '1', i))
  ehr.put(observation('foreign', '2'))
  const first = await desk.run(desk.server(ehr, { count: 3 }))
  t.match(first.counts, { added: 7, updated: 0, withdrawn: 0, unmatched: 1, failed: 0 })
  t.match(first.said, { unmatchedPatients: [{ sourcePatient: '2', things: 1 }] })
  t.match(first.said, { format: 'epione-sync-report/1', entries: { length: 8 } })
  const sealed = await contentsOf(patient)
  t.equal(sealed.length, 7)
  t.match(sealed[0], { category: 'vital-signs', mediaClass: 'structured', author: `${author.person.mspId}/${author.person.staffId}` })
  t.match(JSON.parse(sealed[0]?.text ?? ''), { subject: { reference: `Patient/${patient.patientId}` }, id: undefined, meta: { source: /^urn:epione:source:ehr:Observation\/o\d$/ } })

  t.match((await desk.run(desk.server(ehr))).counts, { added: 0, updated: 0, withdrawn: 0, unchanged: 7, unmatched: 1 })
  ehr.put(observation('o1', '1', 99))
  ehr.delete('Observation/o2')
  ehr.put(observation('new', '1'))
  const second = await desk.run(desk.server(ehr, { count: 2 }))
  t.match(second.counts, { added: 1, updated: 1, withdrawn: 1, failed: 0 })
  const after = await contentsOf(patient)
  t.equal(after.length, 9, 'seven, a version more, a new one')
  t.equal(after.filter(({ end }) => end !== undefined).length, 1)
  t.match(after.find(({ version }) => version === 2)?.text, '"value":99')

  // Deleted resources may come again: under another record, since a withdrawn one is over.
  ehr.put(observation('o2', '1', 5))
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1 })
  t.equal((await contentsOf(patient)).filter(({ end }) => end === undefined).length, 9)
})

t.test('a server without history is asked for each thing that is known', async (t) => {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  ehr.hasHistory = false
  await desk.map('1', patient)
  for (const id of ['a', 'b']) ehr.put(observation(id, '1'))
  await desk.run(desk.server(ehr))
  ehr.delete('Observation/a')
  t.match((await desk.run(desk.server(ehr))).counts, { withdrawn: 1, failed: 0 })
})

t.test('more deletions than are believed are left until somebody looked', async (t) => {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  for (let i = 0; i < 22; i++) ehr.put(observation(`o${String(i)}`, '1'))
  t.match((await desk.run(desk.server(ehr), { atOnce: 16 })).counts, { added: 22 })
  // A server that was set up anew has nothing, and says 404 of everything.
  for (const key of [...ehr.kept.keys()]) ehr.kept.delete(key)
  const wiped = await desk.run(desk.server(ehr, { full: true }), { atOnce: 16 })
  t.match(wiped.counts, { withdrawn: 0, failed: 22 })
  t.match(wiped.said, { failures: [{ reason: 'DELETIONS_MANY' }, {}] })
  t.match((await desk.run(desk.server(ehr, { full: true }), { manyDeletions: true })).counts, { withdrawn: 22, failed: 0 })
})

t.test('what was found gone by a run that was killed before it withdrew it is asked for by the next', async (t) => {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  for (const id of ['a', 'b']) ehr.put(observation(id, '1'))
  await desk.run(desk.server(ehr))
  ehr.delete('Observation/a')
  const killed = desk.openJournal()
  for (const id of ['a', 'b']) killed.leaveGone(`Observation/${id}`)
  t.ok(killed.hasLeft('GONE'), 'it is left for the next run until all was told')
  killed.mark('Observation', new Date().toISOString())
  killed.close()
  t.match((await desk.run(desk.server(ehr))).counts, { withdrawn: 1, unchanged: 1, failed: 0 })
  t.match((await desk.run(desk.server(ehr))).counts, { withdrawn: 0, failed: 0 })
  const journal = desk.openJournal()
  t.notOk(journal.hasLeft('GONE'))
  journal.close()
  t.equal((await contentsOf(patient)).filter(({ end }) => end === undefined).length, 1)
})

t.test('a patient who gets a card later is made good, and nothing is guessed meanwhile', async (t) => {
  const [ehr, desk] = [await Ehr.open(t), new SyncDesk(t, author)]
  const [one, other] = [await hospitals.patient(), await hospitals.patient()]
  await desk.map('1', one)
  ehr.put({ resourceType: 'Patient', id: '2', name: [{ family: 'Anna' }] })
  ehr.put(observation('x', '2'))
  ehr.put(observation('nobody', '1', 1, { subject: { display: 'Anna' } }))
  ehr.put(observation('group', '1', 1, { subject: { reference: 'Group/1' } }))
  ehr.put(observation('abroad', '1', 1, { subject: { reference: 'https://other.example/fhir/Patient/1' } }))
  const first = await desk.run(desk.server(ehr))
  t.match(first.counts, { added: 0, unmatched: 2, failed: 2 })
  t.match(first.said, { failures: [{ reason: 'PATIENT_MISSING' }, { reason: 'PATIENT_MISSING' }] })
  await desk.map('2', other)
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1, unmatched: 1, failed: 2 })
  t.equal((await contentsOf(other)).length, 1)
  t.equal((await contentsOf(one)).length, 0)
})

t.test('a card in the folder counts where the source itself names the patient id, and not against the mapping', async (t) => {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('9', patient)
  const { mkdir, rename } = await import('node:fs/promises')
  await mkdir(`${desk.folder}/cards`)
  await rename(`${desk.folder}/${patient.patientId}.card`, `${desk.folder}/cards/${patient.patientId}.json`)
  const named = (id: string, value: string): void => { ehr.put({ resourceType: 'Patient', id, identifier: [{ system: 'urn:epione:patient', value }] }) }
  named('1', patient.patientId)
  ehr.put(observation('a', '1'))
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1 })
  await desk.map('2', anna)
  named('2', patient.patientId)
  ehr.put(observation('b', '2'))
  const refused = await desk.run(desk.server(ehr))
  t.match(refused.said, { entries: [{ reason: 'PATIENT_AMBIGUOUS', key: 'Observation/b' }] })
})

t.test('what is another patient\'s by now is left, and moved when that is wanted', async (t) => {
  const [ehr, desk] = [await Ehr.open(t), new SyncDesk(t, author)]
  const [one, other] = [await hospitals.patient(), await hospitals.patient()]
  await desk.map('1', one)
  await desk.map('2', other)
  ehr.put(observation('a', '1'))
  await desk.run(desk.server(ehr))
  ehr.put(observation('a', '2'))
  t.match((await desk.run(desk.server(ehr))).said, { failed: 1, failures: [{ reason: 'PATIENT_CHANGED' }] })
  t.equal((await contentsOf(other)).length, 0)
  t.match((await desk.run(desk.server(ehr), { moves: true })).counts, { added: 1, withdrawn: 1, failed: 0 })
  t.match((await contentsOf(one))[0]?.end, { reason: 'wrong-patient' })
  t.equal((await contentsOf(other)).length, 1)
})

t.test('a card that is none keeps its patient\'s things back, and no others', async (t) => {
  const [ehr, desk] = [await Ehr.open(t), new SyncDesk(t, author)]
  await desk.map('1', anna)
  await desk.map('2', bruno)
  writeFileSync(join(desk.folder, `${anna.patientId}.card`), '{}')
  ehr.put(observation('a', '1'))
  ehr.put(observation('b', '2'))
  t.match((await desk.run(desk.server(ehr))).said, { added: 1, failed: 1, failures: [{ key: 'Observation/a', reason: 'NOT_SEALED', detail: /FILE_DAMAGED/ }] })
})

t.test('a dry run says what would be done, and nothing is', async (t) => {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  ehr.put(observation('a', '1'))
  t.match((await desk.run(desk.server(ehr), { trial: true })).counts, { added: 1 })
  t.equal((await contentsOf(patient)).length, 0)
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1 })
  ehr.put(observation('a', '1', 2))
  t.match((await desk.run(desk.server(ehr), { trial: true })).counts, { updated: 1 })
  t.match((await desk.run(desk.server(ehr))).counts, { updated: 1 })
})

t.test('documents are sealed with the bytes that the source keeps beside them, digits of numbers stay', async (t) => {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  ehr.put({ resourceType: 'Binary', id: 'b1', contentType: 'text/plain', data: Buffer.from('a note').toString('base64') })
  const document = (id: string, url: string): Parameters<Ehr['put']>[0] => ({
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    subject: { reference: 'Patient/1' },
    author: [{ reference: 'Practitioner/7', display: 'Dr Ash' }],
    content: [{ attachment: { url } }]
  })
  ehr.put(document('d1', 'Binary/b1'))
  ehr.put(document('d2', 'Binary/none'))
  ehr.answer = (request, response) => {
    if (request.url?.startsWith('/fhir/Observation?') !== true) return undefined
    say(response, 200, `{"resourceType":"Bundle","type":"searchset","entry":[{"fullUrl":"${ehr.base}/Observation/n","resource":${JSON.stringify(observation('n', '1', 0)).replace('"value":0', '"value":1.50')}}]}`)
    return true
  }
  const report = await desk.run(desk.server(ehr, { types: ['DocumentReference', 'Observation'] }))
  t.match(report.said, { added: 2, failed: 1, failures: [{ key: 'DocumentReference/d2', reason: 'ATTACHMENT_UNAVAILABLE' }] })
  const texts = (await contentsOf(patient)).map(({ text }) => text)
  t.ok(texts.some((text) => text.includes('"value":1.50')))
  const sealed = JSON.parse(texts.find((text) => text.includes('DocumentReference')) ?? '{}') as object
  t.match(sealed, {
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('a note').toString('base64'), url: undefined } }],
    author: [{ type: 'Practitioner', display: 'Dr Ash', identifier: { system: 'urn:epione:source:ehr', value: 'Practitioner/7' }, reference: undefined }]
  })
})

t.test('where the source lies, nothing is taken on trust, and what is good is moved', (t) => {
  const lie = async (t: Test, answer: (ehr: Ehr) => Ehr['answer'], more: object = {}): Promise<Record<string, unknown>> => {
    const [ehr, desk] = [await Ehr.open(t), new SyncDesk(t, author)]
    await desk.map('1', bruno)
    ehr.put(observation('good', '1'))
    ehr.answer = answer(ehr)
    return (await desk.run(desk.server(ehr, { types: ['Observation', 'Condition'], token: 'secret', ...more }))).said
  }
  const bundle = (entry: unknown[], next?: string): object =>
    ({ resourceType: 'Bundle', type: 'searchset', entry, ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }) })
  const searching = (request: IncomingMessage): boolean => request.url?.startsWith('/fhir/Observation?') === true

  t.test('a page at another server is not asked for', async (t) => {
    const foreign = await Ehr.open(t)
    const said = await lie(t, () => (request, response) => {
      if (!searching(request)) return undefined
      say(response, 200, bundle([{ resource: observation('first', '1') }], `${foreign.base}/Observation?page=2`))
      return true
    })
    t.match(said, { added: 1, failed: 1, failures: [{ reason: 'PAGING_FOREIGN', key: 'Observation' }] })
    t.same(foreign.asked, [], 'it was sent no token')
  })
  t.test('pages in a circle, and empty ones without end', async (t) => {
    let page = 0
    t.match(await lie(t, (ehr) => (request, response) => {
      if (!searching(request)) return undefined
      say(response, 200, bundle([{ resource: observation('c', '1') }], `${ehr.base}/Observation?page=${String(++page)}`))
      return true
    }), { added: 1, failures: [{ reason: 'PAGING_ENDLESS' }] })
    t.match(await lie(t, (ehr) => (request, response) => {
      if (!searching(request)) return undefined
      say(response, 200, bundle([], `${ehr.base}/Observation?page=${String(++page)}`))
      return true
    }), { added: 0, failures: [{ reason: 'PAGING_ENDLESS' }] })
    t.ok(page < 60)
  })
  t.test('other types, other ids, and no resources among good ones', async (t) => {
    const said = await lie(t, (ehr) => (request, response) => {
      if (!searching(request)) return undefined
      say(response, 200, bundle([
        { resource: { resourceType: 'Condition', id: 'w', subject: { reference: 'Patient/1' } } },
        { fullUrl: `${ehr.base}/Observation/one`, resource: observation('another', '1') },
        { resource: { resourceType: 'Observation', id: '../../x' } },
        { resource: 'text' },
        { search: { mode: 'outcome' }, resource: { resourceType: 'OperationOutcome', issue: [] } },
        { resource: observation('fine', '1') }
      ]))
      return true
    })
    t.match(said, { added: 1, failed: 4 })
    t.strictSame((said['entries'] as Array<{ reason?: string }>).flatMap(({ reason }) => reason ?? []).sort(),
      ['RESOURCE_INVALID', 'RESOURCE_INVALID', 'RESOURCE_INVALID', 'RESOURCE_TYPE_WRONG'])
  })
  t.test('XML, half JSON, deep JSON and too much of it', async (t) => {
    const answers: Array<[string, string, string]> = [
      ['<Bundle/>', 'application/fhir+xml', 'NOT_JSON'],
      ['<Bundle/>', 'application/fhir+json', 'NOT_JSON'],
      ['{"resourceType":"Bundle"', 'application/fhir+json', 'NOT_JSON'],
      [`{"resourceType":"Bundle","type":"searchset","entry":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'application/fhir+json', 'RESOURCE_TOO_DEEP'],
      [`{"resourceType":"Bundle","type":"searchset","x":"${'y'.repeat(65 * 1024 * 1024)}"}`, 'application/fhir+json', 'RESOURCE_TOO_LARGE'],
      ['{"resourceType":"Patient","id":"1"}', 'application/fhir+json', 'SOURCE_INVALID']
    ]
    for (const [body, type, reason] of answers) {
      t.match(await lie(t, () => (request, response) => {
        if (!searching(request)) return undefined
        say(response, 200, body, type)
        return true
      }), { added: 0, failed: 1, failures: [{ reason }] }, reason)
    }
  })
  t.test('a resource that is too large is left for later, the others are moved', async (t) => {
    t.match(await lie(t, () => (request, response) => {
      if (!searching(request)) return undefined
      say(response, 200, bundle([{ resource: observation('huge', '1', 1, { note: [{ text: 'x'.repeat(17 * 1024 * 1024) }] }) }, { resource: observation('small', '1') }]))
      return true
    }), { added: 1, failures: [{ reason: 'RESOURCE_TOO_LARGE' }] })
  })
  t.test('a redirect is not followed, and refusals end the run', async (t) => {
    t.match(await lie(t, () => (request, response) => {
      if (!searching(request)) return undefined
      response.writeHead(302, { location: 'http://other.example/' }).end()
      return true
    }), { failures: [{ reason: 'SOURCE_INVALID' }] })
    await t.rejects(lie(t, () => (_request, response) => {
      response.writeHead(401).end()
      return true
    }), { code: 'SOURCE_REFUSED' })
    await t.rejects(lie(t, () => (_request, response) => {
      say(response, 200, { resourceType: 'CapabilityStatement', fhirVersion: '3.0.2' })
      return true
    }), { code: 'SOURCE_INVALID' })
    await t.rejects(lie(t, () => () => undefined, { base: 'http://127.0.0.1:9/fhir' }), { code: 'SOURCE_UNAVAILABLE' })
    await t.rejects(lie(t, () => () => undefined, { base: 'http://ehr.example/fhir' }), { code: 'OPTION_INVALID' })
  })
  t.test('a deletion that the resource itself denies is none', async (t) => {
    const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
    await desk.map('1', patient)
    ehr.put(observation('a', '1'))
    await desk.run(desk.server(ehr))
    ehr.answer = (request, response) => {
      if (request.url?.startsWith('/fhir/Observation/_history') !== true) return undefined
      say(response, 200, { resourceType: 'Bundle', type: 'history', entry: [{ fullUrl: `${ehr.base}/Observation/a`, request: { method: 'DELETE', url: 'Observation/a' } }] })
      return true
    }
    t.match((await desk.run(desk.server(ehr))).counts, { withdrawn: 0, failed: 0 })
  })
  t.end()
})
