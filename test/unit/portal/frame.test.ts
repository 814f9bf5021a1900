import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { Frame, Page } from 'playwright-core'
import { PortalService, readSite, writeBuildManifest } from '@epione/portal-service'
import { buildFrames } from '../../../portal/build-frames.js'
import type { ShownContent, showContent as Show } from '../../../portal/src/frame/index.ts'
import { bundleForBrowser } from '../../helpers/browser.ts'
import { axe, launchChromium, takePicture } from '../../helpers/chromium.ts'
import { hostileContents, png } from '../../helpers/hostile-content.ts'
import { visit, writeSite } from '../../helpers/portal.ts'

const FRAME = join(import.meta.dirname, '..', '..', '..', 'portal', 'src', 'frame')
const DATA = join(import.meta.dirname, '..', '..', 'data')
const asked: string[] = []
const elsewhere = createServer((request, response) => {
  asked.push(request.url ?? '')
  response.end()
}).listen(0, '127.0.0.1')
await once(elsewhere, 'listening')
t.teardown(() => { elsewhere.close(); elsewhere.closeAllConnections() })
const ELSEWHERE = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`

declare global {
  var epione: { showContent: typeof Show }
}

const dir = t.testdir({})
const script = await bundleForBrowser(join(FRAME, 'index.ts'))
await writeSite(dir, {
  'site/index.html': '<!doctype html><html lang="en"><title>pages</title><main><h1>pages</h1><div id="here"></div></main><script src="/assets/main-1.js"></script>',
  'site/assets/main-1.js': Buffer.concat([script, Buffer.from(';globalThis.epione = epione')])
})
await buildFrames(FRAME, join(dir, 'frame'))
await writeBuildManifest(dir)
const service = await PortalService.listen({ label: 'epione-test', port: 0, site: await readSite(dir), config: {}, gateways: [] })
t.teardown(async () => { await service.close() })
const browser = await launchChromium(t)
const { page, traffic } = await visit(t, browser, { service, origin: service.origin })
const faults: string[] = []
page.on('pageerror', (error) => { faults.push(error.message) })

interface Wanted { mediaType: string, bytes: Uint8Array, more?: Partial<ShownContent> }
interface Seen { kind: string, text: string, frames: number, height: number }

/** The frame in which something is shown. */
function frameOf (page: Page): Frame {
  const frame = page.frames().findLast((one) => one !== page.mainFrame() && !one.isDetached())
  if (frame === undefined) throw new TypeError('no frame')
  return frame
}

/** Shows a content as a page would; what of it is to be seen in the frame. */
async function show (page: Page, { mediaType, bytes, more = {} }: Wanted): Promise<Seen> {
  const seen = await page.evaluate(async ({ mediaType, base64, more }) => {
    const here = document.getElementById('here')
    if (here === null) throw new TypeError('no place')
    here.replaceChildren()
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const { shown } = globalThis.epione.showContent(here, { bytes, mediaType, name: 'A record', language: 'en', direction: 'ltr', theme: 'light', ...more })
    const { kind } = await shown
    await new Promise((resolve) => { requestAnimationFrame(() => { requestAnimationFrame(resolve) }) })
    return { kind, height: here.firstElementChild?.clientHeight ?? 0, frames: here.childElementCount }
  }, { mediaType, base64: Buffer.from(bytes).toString('base64'), more })
  return { ...seen, text: seen.frames === 0 ? '' : await frameOf(page).locator('main').innerText() }
}

t.test('people are shown FHIR, pictures, DICOM, PDF and text', async (t) => {
  const pressure = await show(page, { mediaType: 'application/fhir+json', bytes: readFileSync(join(DATA, 'fhir', 'Observation-blood-pressure.json')) })
  t.match(pressure, { kind: 'fhir', text: /Blood pressure/ })
  for (const measured of ['107 mmHg', '60 mmHg', 'Below low normal', 'Sep 17, 2012']) t.ok(pressure.text.includes(measured), measured)
  t.strictSame(await axe(page), [])
  await takePicture(page, 'frame-fhir')
  const arabic = await show(page, { mediaType: 'application/fhir+json', bytes: readFileSync(join(DATA, 'fhir', 'Observation-blood-pressure.json')), more: { language: 'ar', direction: 'rtl', theme: 'dark' } })
  t.match(arabic, { kind: 'fhir', text: /الحالة/ })
  await takePicture(page, 'frame-fhir-ar')
  const bundle = await show(page, { mediaType: 'application/json', bytes: readFileSync(join(DATA, 'fhir', 'Levi940_Gusikowski974.with-documents.json')) })
  t.match(bundle, { kind: 'fhir', text: /Gusikowski974/ })
  t.match(bundle.text, /Chief Complaint|History of Present Illness/, 'notes that stand in it are read out')
  t.match(await show(page, { mediaType: 'application/dicom', bytes: readFileSync(join(DATA, 'dicom', 'CT_small.dcm')) }), { kind: 'dicom', text: /CompressedSamples CT1/ })
  await takePicture(page, 'frame-dicom')
  t.match(await show(page, { mediaType: 'application/octet-stream', bytes: readFileSync(join(DATA, 'dicom', 'CT_small.dcm')) }), { kind: 'dicom' }, 'known by how it begins')
  const painted = await frameOf(page).evaluate(() => {
    const canvas = document.querySelector('canvas')
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return { size: [canvas?.width, canvas?.height], greys: new Set(Array.from(data).filter((_, index) => index % 4 === 0)).size }
  })
  t.strictSame(painted.size, [128, 128])
  t.ok(painted.greys > 50, 'a picture, and no even ground')
  t.match(await show(page, { mediaType: 'image/png', bytes: png(64, 32) }), { kind: 'image' })
  t.match(await show(page, { mediaType: 'text/plain; charset=utf-8', bytes: Buffer.from('Blutgruppe 0 negativ') }), { kind: 'text', text: 'Blutgruppe 0 negativ' })
  const grown = await show(page, { mediaType: 'text/plain', bytes: Buffer.from('line\n'.repeat(100)) })
  t.ok(grown.height > 1_000, `the frame is as high as its text: ${String(grown.height)}`)
  t.strictSame(await axe(page), [])
  t.strictSame(faults, [])
})

t.test('nothing that changes what a resource means is left out of it', async (t) => {
  const shownOf = async (resource: object): Promise<Seen> =>
    await show(page, { mediaType: 'application/fhir+json', bytes: Buffer.from(JSON.stringify(resource)) })
  const words = await shownOf({
    resourceType: 'MedicationRequest',
    contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'Warfarin' } }],
    medicationReference: { reference: '#m' },
    reasonCode: [{ text: 'Penicillin anaphylaxis' }],
    note: [{ text: 'Never give amoxicillin', authorString: 'Dr. Noor' }],
    dosageInstruction: [{ text: '2 mg daily', timing: { repeat: { frequency: 1 } } }],
    performer: { identifier: { value: 'ward-7', assigner: { display: 'Core' } }, display: 'Ward seven' }
  })
  for (const said of ['Warfarin', 'Penicillin anaphylaxis', 'Never give amoxicillin', 'Dr. Noor', '2 mg daily', 'Ward seven']) t.ok(words.text.includes(said), said)
  const people = await shownOf({ resourceType: 'Patient', name: [{ text: 'Jane Doe' }, { given: ['Ann'], family: 'Roe', suffix: ['MD'] }], address: [{ text: 'Main street 1' }] })
  for (const said of ['Jane Doe', 'Ann Roe MD', 'Main street 1']) t.ok(people.text.includes(said), said)
  const ranges = await shownOf({
    resourceType: 'Observation',
    referenceRange: [{ low: { value: 3.5, unit: 'mmol/L' }, text: 'fasting only' }],
    valueRange: { low: { value: 4 } },
    component: [{ valueSampledData: { origin: { value: 0 }, period: 10, dimensions: 1, data: '1 2 3' } }, { valueMoney: { value: 5, currency: 'SYP' } }]
  })
  for (const said of ['3.5 mmol/L', 'fasting only', '≥ 4', '1 2 3', 'SYP']) t.ok(ranges.text.includes(said), said)
  const turned = await shownOf({ resourceType: 'AllergyIntolerance', modifierExtension: [{ url: 'http://hospital.example/refuted', valueBoolean: true }], code: { text: 'Peanut' } })
  t.match(turned.text, /may change what the rest means/)
  t.match(await shownOf({ resourceType: 'Observation', implicitRules: 'http://hospital.example/rules' }), { text: /may change what the rest means/ })
})

t.test('resources and elements without anything in them are bounded, too', async (t) => {
  const elements = async (resource: object): Promise<number> => {
    t.match(await show(page, { mediaType: 'application/fhir+json', bytes: Buffer.from(JSON.stringify(resource)) }), { kind: 'fhir', text: /There is more/ })
    return await frameOf(page).evaluate(() => document.querySelectorAll('*').length)
  }
  t.ok(await elements({ resourceType: 'Bundle', entry: Array.from({ length: 60_000 }, () => ({ resource: { resourceType: 'A' } })) }) < 100_000)
  t.ok(await elements({ resourceType: 'A', ...Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`a${String(n)}`, [] as string[]])) }) < 50_000)
})

t.test('what nobody shows is left to be saved', async (t) => {
  const contents: Array<[string, string]> = [
    ['application/zip', 'PK\x03\x04'], ['text/html', '<p>'], ['application/json', '\xff'], ['image/png', 'no picture'], ['application/pdf', ' %PDF-1.7'], ['application/octet-stream', 'plain words']
  ]
  for (const [mediaType, content] of contents) {
    t.match(await show(page, { mediaType, bytes: Buffer.from(content, 'latin1') }), { kind: 'none', frames: 0 }, mediaType)
  }
})

t.test('nothing hostile leaves its frame, runs in it, or is believed by the page', async (t) => {
  asked.length = 0
  const before = traffic.urls.length
  const contents = hostileContents(ELSEWHERE)
  const dicom = readFileSync(join(DATA, 'dicom', 'CT_small.dcm'))
  // Rows (0028,0010) US: more than there is, and more than fits.
  const rows = dicom.indexOf(Buffer.from([0x28, 0, 0x10, 0, 0x55, 0x53])) + 8
  contents['dicomLie'] = { mediaType: 'application/dicom', bytes: Buffer.concat([dicom.subarray(0, rows), Buffer.from([0xff, 0xff]), dicom.subarray(rows + 2)]) }
  contents['dicomCut'] = { mediaType: 'application/dicom', bytes: dicom.subarray(0, dicom.length - 4_000) }
  const kinds: Record<string, string> = {}
  for (const [name, content] of Object.entries(contents)) {
    const seen = await show(page, content)
    kinds[name] = seen.kind
    t.equal(page.url(), `${service.origin}/`, `${name}: the page is where it was`)
    t.equal(await page.textContent('h1'), 'pages', name)
    if (name === 'narrative') {
      t.match(seen.text, /<script>fetch/, 'HTML is read as the text that it is')
      t.equal(await frameOf(page).evaluate(() => document.querySelectorAll('main img, main script, main iframe, main form, main link, main style, main a').length), 0)
    }
    if (name === 'prototype') t.equal(await frameOf(page).evaluate(() => 'polluted' in {}), false)
    if (name === 'pdfScript') t.match(seen.text, /Quiet page/)
  }
  t.strictSame(kinds, {
    narrative: 'fhir',
    prototype: 'fhir',
    attachment: 'fhir',
    nested: 'fhir',
    many: 'fhir',
    html: 'none',
    svg: 'none',
    svgAsPng: 'none',
    htmlAsText: 'text',
    polyglot: 'none',
    pngBomb: 'none',
    pngLie: 'none',
    pdfScript: 'pdf',
    pdfDamaged: 'none',
    dicomNothing: 'none',
    dicomLie: 'none',
    dicomCut: 'none'
  })
  const own = traffic.urls.slice(before).filter((url) => !url.startsWith(`${service.origin}/frame/`) && !url.startsWith('blob:'))
  t.strictSame(own, [], 'the browser asked for the frames alone')
  t.strictSame(asked, [], 'nothing came to anybody else')
})

t.test('a frame has no origin, no storage, no network and no way to the page, even for code of its own', async (t) => {
  asked.length = 0
  await show(page, { mediaType: 'text/plain', bytes: Buffer.from('x') })
  const frame = frameOf(page)
  const tried = await frame.evaluate(async (elsewhere) => {
    const outcome = async (work: () => unknown): Promise<string> => {
      try { return String(await work()) } catch (error) { return error instanceof Error ? error.name : String(error) }
    }
    return {
      origin: globalThis.origin,
      storage: await outcome(() => localStorage),
      database: await outcome(() => new Promise((resolve, reject) => { const ask = indexedDB.open('x'); ask.onsuccess = resolve; ask.onerror = () => { reject(new Error('refused')) } })),
      cookie: await outcome(() => document.cookie),
      page: await outcome(() => parent.document.title),
      fetch: await outcome(async () => await fetch('/portal.json')),
      away: await outcome(async () => await fetch(elsewhere, { mode: 'no-cors' })),
      worker: await outcome(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
      // In a task of its own: what the test runs itself is let through.
      code: await outcome(async () => await new Promise((resolve, reject) => {
        setTimeout(() => { try { resolve(Reflect.construct(Function, ['1'])) } catch (error) { reject(error instanceof Error ? error : new Error('refused')) } })
      })),
      top: await outcome(() => { const { top } = globalThis; if (top !== null) top.location.href = elsewhere })
    }
  }, ELSEWHERE)
  t.match(tried, { origin: 'null', storage: 'SecurityError', database: /Error/, cookie: 'SecurityError', page: 'SecurityError', fetch: 'TypeError', away: 'TypeError', worker: /Error/, code: 'EvalError', top: 'SecurityError' })
  await frame.evaluate((elsewhere) => { location.href = `${elsewhere}/self?stolen` }, ELSEWHERE).catch(() => undefined)
  await page.waitForTimeout(0)
  t.equal(page.url(), `${service.origin}/`)
  t.strictSame(asked, [], 'nor by going away itself')
})

t.test('messages of another shape, or from another window, change nothing', async (t) => {
  await show(page, { mediaType: 'text/plain', bytes: Buffer.from('x') })
  const frame = frameOf(page)
  const heightOf = async (): Promise<string> => await page.evaluate(() => document.querySelector('iframe')?.style.blockSize ?? '')
  const before = await heightOf()
  await frame.evaluate(() => {
    for (const data of [{ type: 'height', px: 1e9 }, { type: 'height', px: -1 }, { type: 'height', px: 1.5 }, { type: 'height', px: '10' }, { type: 'height' }, { type: 'open', px: 1 }, 'refused', null, [1], { type: 'ready' }]) parent.postMessage(data, '*')
  })
  await page.evaluate(() => { postMessage({ type: 'height', px: 7 }, '*'); postMessage({ type: 'refused' }, '*') })
  await page.evaluate(async () => { await new Promise((resolve) => { setTimeout(resolve) }) })
  t.equal(await heightOf(), before)
  t.equal(page.frames().length, 2, 'it is still there')
  await frame.evaluate(() => { parent.postMessage({ type: 'height', px: 333 }, '*') })
  await page.waitForFunction(() => document.querySelector('iframe')?.style.blockSize === '333px')
  t.pass('one of the right shape is heard')
})
