import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { DicomwebSource } from '@epione/sync'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { list, listed, multipart, Pacs, renamed } from '../../helpers/pacs.ts'
import { contentsOf, SyncDesk } from '../../helpers/sync.ts'

const CT = readFileSync(join(import.meta.dirname, '..', '..', 'data', 'dicom', 'CT_small.dcm'))
const CT_UID = '1.3.6.1.4.1.5962.1.1.1.1.1.20040119072730.12322'
const uid = (number: number): string => `${CT_UID.slice(0, -2)}${String(number).padStart(2, '0')}`
const picture = (number: number): Uint8Array => renamed(CT, CT_UID, uid(number))

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)
type Patient = Awaited<ReturnType<Hospitals['patient']>>

async function prepared (t: Test, count: number): Promise<{ pacs: Pacs, desk: SyncDesk, patient: Patient, run: (more?: object, options?: object) => ReturnType<SyncDesk['run']> }> {
  const [pacs, desk, patient] = [await Pacs.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1CT1', patient)
  for (let i = 0; i < count; i++) pacs.kept.set(uid(i), picture(i))
  const run = async (more = {}, options = {}): ReturnType<SyncDesk['run']> => await desk.run(new DicomwebSource({ base: pacs.base, ...more }), options)
  return { pacs, desk, patient, run }
}
const isOf = (request: IncomingMessage, part: string): boolean => request.url?.includes(part) === true

t.test('what a PACS has is sealed as it is, once; what it lists no more is asked for, and withdrawn when it is gone', async (t) => {
  const { pacs, patient, run } = await prepared(t, 5)
  t.match((await run({ count: 2, token: 'of the PACS' })).counts, { added: 5, failed: 0 })
  t.ok(pacs.tokens.every((token) => token === 'Bearer of the PACS'))
  t.ok(pacs.asked.every((one) => one.startsWith(one.includes(' instances?') ? 'application/dicom+json' : 'multipart/related; type="application/dicom"')))
  for (const basic of ['no password', ':no name']) await t.rejects(run({ basic }), { code: 'OPTION_INVALID' }, basic)
  await t.rejects(run({ basic: 'a:b', token: 'x' }), { code: 'OPTION_INVALID' }, 'both')
  pacs.tokens.length = 0
  t.match((await run({ basic: 'us:p:ß' })).counts, { unchanged: 5 })
  t.ok(pacs.tokens.every((shown) => shown === `Basic ${Buffer.from('us:p:ß').toString('base64')}`))
  const sealed = await contentsOf(patient)
  t.equal(sealed.length, 5)
  t.match(sealed[0], { category: 'imaging', mediaClass: 'image' })
  pacs.asked.length = 0
  pacs.kept.delete(uid(1))
  t.match((await run({ count: 2 })).counts, { added: 0, unchanged: 4, withdrawn: 1, failed: 0 })
  t.notOk(pacs.asked.some((one) => one.includes('studies/')), 'nothing is fetched again')
  t.match((await run({ count: 2, full: true })).counts, { added: 0, unchanged: 4, withdrawn: 0 })
  t.equal((await contentsOf(patient)).filter(({ end }) => end === undefined).length, 4)
})

t.test('pages shorter than what was asked for are not the last', async (t) => {
  const { pacs, run } = await prepared(t, 5)
  pacs.most = 2
  t.match((await run({ count: 100 })).counts, { added: 5, failed: 0 })
})

t.test('what a PACS does not list, and has when asked for it by its UID, stays, and is not fetched for that', async (t) => {
  const { pacs, patient, run } = await prepared(t, 3)
  t.match((await run()).counts, { added: 3 })
  pacs.answer = (request, response) => {
    if (!isOf(request, 'instances?includefield')) return undefined
    list(response, [])
    return true
  }
  pacs.asked.length = 0
  t.match((await run()).counts, { unchanged: 3, withdrawn: 0, failed: 0 })
  t.notOk(pacs.asked.some((one) => one.includes('studies/')))
  t.match((await run({ full: true })).counts, { unchanged: 3, withdrawn: 0, failed: 0 })
  t.equal(pacs.asked.filter((one) => one.includes('studies/')).length, 3, 'but where it is wanted')
  t.equal((await contentsOf(patient)).filter(({ end }) => end === undefined).length, 3)
})

t.test('a PACS that knows no pages gives all at once, and one that goes in a circle is told', async (t) => {
  const { pacs, run } = await prepared(t, 3)
  pacs.answer = (request, response) => {
    if (!isOf(request, 'instances?includefield')) return undefined
    list(response, [...pacs.kept.keys()])
    return true
  }
  t.match((await run({ count: 100 })).counts, { added: 3, failed: 0 })
  t.match((await run({ count: 2 })).counts, { added: 0, unchanged: 3, failed: 0 })
  t.match((await run({ count: 3 })).said, { unchanged: 3, failed: 1, failures: [{ reason: 'PAGING_ENDLESS' }] })
})

t.test('of whom nobody said whose they are, and of another, nothing is sealed', async (t) => {
  const { pacs, patient, run } = await prepared(t, 1)
  pacs.kept.set(uid(8), renamed(picture(8), '1CT1', '2CT2'))
  t.match((await run()).said, { added: 1, unmatched: 1, unmatchedPatients: [{ sourcePatient: '2CT2' }] })
  pacs.kept.set(uid(0), renamed(picture(0), '1CT1', '2CT2'))
  t.match((await run({ full: true })).counts, { added: 0, updated: 0, unmatched: 2 })
  t.equal((await contentsOf(patient)).length, 1)
})

t.test('answers that lie, break off or are something else are left, and the others are sealed', async (t) => {
  const whole = picture(0)
  const boundary = 'boundary=8d1f5b0e-7c5e-4f0f-9d39-0a8e8a3b5c11'
  const lies: Array<[what: string, reason: string, answer: Pacs['answer']]> = [
    ['another instance', 'SOURCE_INVALID', (_request, response) => { multipart(response, [picture(7)]); return true }],
    ['two parts', 'SOURCE_INVALID', (_request, response) => { multipart(response, [whole, picture(1)]); return true }],
    ['no part', 'SOURCE_INVALID', (_request, response) => { multipart(response, [], { end: '--8d1f5b0e-7c5e-4f0f-9d39-0a8e8a3b5c11--\r\n' }); return true }],
    ['an empty part', 'DICOM_INVALID', (_request, response) => { multipart(response, [new Uint8Array()]); return true }],
    ['no end', 'SOURCE_INVALID', (_request, response) => { multipart(response, [whole], { end: '' }); return true }],
    ['half a file', 'DICOM_SIZE_FALSE', (_request, response) => { multipart(response, [whole.subarray(0, 30_000)]); return true }],
    ['more than a file', 'DICOM_SIZE_FALSE', (_request, response) => { multipart(response, [Buffer.concat([whole, Buffer.from('more')])]); return true }],
    ['no multipart', 'SOURCE_INVALID', (_request, response) => { response.writeHead(200, { 'content-type': 'application/dicom' }).end(whole); return true }],
    ['no boundary', 'SOURCE_INVALID', (_request, response) => { multipart(response, [whole], { type: 'multipart/related' }); return true }],
    ['another boundary', 'SOURCE_INVALID', (_request, response) => { multipart(response, [whole], { type: 'multipart/related; boundary=x' }); return true }],
    ['a web page', 'SOURCE_INVALID', (_request, response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'); return true }],
    ['a part that is no DICOM', 'DICOM_INVALID', (_request, response) => { multipart(response, [Buffer.from('%PDF-1.7')]); return true }],
    ['a redirect', 'SOURCE_INVALID', (_request, response) => { response.writeHead(302, { location: 'http://other.example/' }).end(); return true }],
    ['406', 'SOURCE_INVALID', (_request, response) => { response.writeHead(406).end(); return true }]
  ]
  const { pacs, patient, run } = await prepared(t, 2)
  for (const [what, reason, answer] of lies) {
    pacs.answer = (request, response) => isOf(request, `instances/${uid(0)}`) ? answer(request, response) : undefined
    t.match((await run()).said, { failed: 1, failures: [{ key: `dicom/${uid(0)}`, reason }] }, what)
  }
  pacs.answer = (request, response) => {
    if (!isOf(request, `instances/${uid(0)}`)) return undefined
    multipart(response, [whole], { type: `multipart/related; type="application/dicom"; ${boundary.replace('=', '="')}"` })
    return true
  }
  t.match((await run()).counts, { added: 1, unchanged: 1, failed: 0 }, 'a boundary in quotes')
  t.equal((await contentsOf(patient)).length, 2)
})

t.test('a list that lies moves nothing elsewhere, and deletes nothing', async (t) => {
  const { pacs, patient, run } = await prepared(t, 1)
  await run()
  const paths = (): string[] => pacs.asked.filter((one) => one.startsWith('multipart/'))
  const saying = (body: unknown, type = 'application/dicom+json'): Pacs['answer'] => (request, response) => {
    if (!isOf(request, 'instances?')) return undefined
    response.writeHead(200, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body))
    return true
  }
  pacs.asked.length = 0
  const odd = [
    null, 7, 'text', {}, { '00080018': null }, { '00080018': { Value: {} } }, { '00080018': { Value: [7] } },
    listed('1.2.3', { study: '../../secret' }), listed('1.2.3', { series: '..' }), listed('../1'), listed('1.2', { study: '1'.repeat(65) })
  ]
  pacs.answer = saying(odd)
  t.match((await run()).counts, { added: 0, withdrawn: 0, failed: odd.length + 1 }, 'and the one that is known is asked for, and lied about')
  t.same(paths(), [])
  // Of the one that is asked for by its UID, a path that leads elsewhere.
  pacs.answer = (request, response) => {
    if (!isOf(request, 'instances?')) return undefined
    const isAsked = isOf(request, `=${uid(0)}`)
    response.writeHead(200, { 'content-type': 'application/dicom+json' }).end(JSON.stringify(isAsked ? [listed(uid(0), { study: '../../../secret?', series: '../x' })] : []))
    return true
  }
  t.match((await run()).said, { withdrawn: 0, failed: 1, failures: [{ reason: 'SOURCE_INVALID' }] })
  t.same(paths(), [])
  for (const [body, type] of [['<Bundle/>', 'text/xml'], ['{}', 'application/json'], ['[', 'application/dicom+json'], [`[${'['.repeat(5000)}`, 'application/dicom+json']] as const) {
    pacs.answer = saying(body, type)
    await t.rejects(run(), { code: 'SOURCE_INVALID' }, body.slice(0, 10))
  }
  pacs.answer = (_request, response) => { response.writeHead(401).end(); return true }
  await t.rejects(run(), { code: 'SOURCE_REFUSED' })
  pacs.answer = () => undefined
  t.match((await run()).counts, { unchanged: 1, failed: 0 })
  t.equal((await contentsOf(patient)).filter(({ end }) => end === undefined).length, 1)
})

t.test('what is listed and is not there is passed over, and an empty list is the end', async (t) => {
  const { pacs, run } = await prepared(t, 0)
  let page = 0
  pacs.answer = (request, response) => {
    if (!isOf(request, 'instances?includefield')) return undefined
    if (++page > 3) response.writeHead(200, { 'content-type': 'application/dicom+json' }).end('[]')
    else list(response, [`1.2.3.${String(page)}`])
    return true
  }
  t.match((await run({ count: 1 })).counts, { added: 0, failed: 0 }, 'what is listed and is not there is no failure')
  t.equal(page, 4)
})
