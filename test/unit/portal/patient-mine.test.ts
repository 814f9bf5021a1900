import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import t from 'tap'
import { CATEGORY_NAMES } from '@epione/protocol'
import { requestAccess } from '@epione/sdk'
import { axe, launchChromium } from '../../helpers/chromium.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { PASSPHRASE, restorePatient, sayYes, watchErrors } from '../../helpers/portal-patient.ts'
import { keyNeedles } from '../../helpers/secret-needles.ts'
import { searchBytes, textNeedle } from '../../helpers/search.ts'
import { addDevice, minuteOf, startDevice } from '../../helpers/test-device.ts'

/* Everything of a patient's: taken along, and erased; and hospitals that are slow. */

const hospitals = await Hospitals.open(t)
const [patient, author, reader] = [
  await hospitals.patient(), await hospitals.physician(hospitals.core), await hospitals.physician(hospitals.regional1)
]
const TEXT = 'allergic to penicillin'
const recordId = await writeRecord(author, patient, TEXT)
await grantTo(reader, patient)
const wanted = { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }
const portal = await startPortal(t, hospitals)
const browser = await launchChromium(t)
const { context, page, traffic } = await visit(t, browser, portal, { viewport: { width: 1000, height: 800 }, locale: 'en-GB' })
const errors = watchErrors(page)
await requestAccess(reader, wanted)
const { queue: { stream }, recorder, sender } = await startDevice(await addDevice(patient, hospitals.client(hospitals.core)))
await recorder.record([minuteOf(Date.now() - 60_000, 60)], 'source')
await sender.sendAll({ close: true })
await restorePatient(page, patient.phrase)

t.afterEach(() => { t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown') })

t.test('everything is taken along, opened, as a ZIP or into a folder, which goes on where it stopped', async (t) => {
  await page.evaluate(() => { Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() }) })
  await page.getByRole('link', { name: 'Everything of mine' }).click()
  await page.getByText('Nobody acts for you').waitFor()
  t.strictSame(await axe(page), [])
  const [download, shown] = await Promise.all([page.waitForEvent('download'), sayYes(page, 'Everything as a ZIP')])
  t.match(shown, patient.patientId)
  await page.getByText(/\d+ files? written, .*; 0 of them were there already/).waitFor()
  const zip = join(t.testdir(), 'all.zip')
  await download.saveAs(zip)
  execFileSync('python3', ['-m', 'zipfile', '-t', zip])
  const taken = JSON.parse(execFileSync('python3', ['-c', 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("manifest.json").decode())', zip], { encoding: 'utf8' })) as
    { patientId: string, files: Array<{ path: string, sha256: string }>, left: unknown[] }
  t.match(taken, { patientId: patient.patientId, left: [] })
  const written = taken.files.find(({ path }) => path === `records/summary/${recordId}.v1.txt`)
  t.equal(written?.sha256, createHash('sha256').update(TEXT).digest('hex'))
  for (const path of [/^proofs\/[^/]+\.json$/, new RegExp(`^streams/${stream}.json$`), /^log\.json$/, /^consents\.json$/]) t.ok(taken.files.some((file) => path.test(file.path)), String(path))

  for (const { front } of hospitals.all) front.corrupt = (piece) => Buffer.from(piece.map((byte) => byte ^ 1))
  await sayYes(page, 'Everything as a ZIP')
  await page.getByText('One thing could not be taken').waitFor()
  t.match(await page.getByRole('status').filter({ hasText: 'could not be taken' }).innerText(), recordId, 'which, and why')
  for (const { front } of hospitals.all) front.corrupt = undefined

  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await sayYes(page, 'Write everything into this folder')
  await page.getByText(/written, .*; 0 of them were there already/).waitFor()
  await sayYes(page, 'Write everything into this folder')
  await page.getByText(/written, .*; 1 of them were there already/).waitFor()
  const kept = await page.evaluate(async (path) => {
    let folder = await navigator.storage.getDirectory()
    const parts = path.split('/')
    const name = parts.pop() ?? ''
    for (const part of parts) folder = await folder.getDirectoryHandle(part)
    return await (await (await folder.getFileHandle(name)).getFile()).text()
  }, `records/summary/${recordId}.v1.txt`)
  t.equal(kept, TEXT)
  t.strictSame(await axe(page), [])
})

t.test('a record and a category are erased after their consequences were said', async (t) => {
  const other = await writeRecord(author, patient, 'aspirin', 'medication')
  await page.getByRole('link', { name: 'Timeline' }).click()
  await page.getByRole('link', { name: 'Record: Summary' }).click()
  const said = await sayYes(page, 'Erase this record')
  for (const part of [recordId, 'It cannot be undone', 'keeps what they saved', 'stays in the log']) t.match(said, part)
  await page.getByRole('heading', { name: 'Who destroyed it' }).waitFor()
  t.equal(await page.getByRole('button', { name: 'Open' }).count(), 0)
  t.strictSame(await axe(page), [])
  await t.rejects(requestAccess(reader, wanted), 'nobody is permitted to read it any more')
  await page.getByRole('link', { name: 'Everything of mine' }).click()
  await page.getByRole('combobox', { name: 'Category' }).selectOption('medication')
  const all = await sayYes(page, 'Erase all of it')
  t.match(all, /Records that you see\s+1/)
  t.match(all, 'write cards name the old key')
  await page.getByText('1 version is erased').waitFor()
  await page.goto(`${portal.origin}/records/${other}/1`)
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByRole('heading', { name: 'Who destroyed it' }).waitFor()
})

t.test('a slow hospital is told to be slow, loses nothing that was entered, and its answer comes all the same', async (t) => {
  await page.getByRole('link', { name: 'Consents' }).click()
  await page.getByRole('link', { name: 'Give a consent' }).click()
  await page.getByLabel('Hospital', { exact: false }).first().selectOption('Regional1MSP')
  await page.getByRole('textbox').fill(reader.person.staffId)
  let isSlow = true
  // Stays for the rest: a route that is taken away while it waits hands its request to two.
  await context.route('**/gateways/**', async (route) => {
    if (isSlow) await new Promise((resolve) => { setTimeout(resolve, 5_000) })
    await route.continue()
  })
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByText('A hospital takes its time').waitFor()
  t.equal(await page.getByRole('textbox').inputValue(), reader.person.staffId)
  t.strictSame(await axe(page), [])
  isSlow = false
  await page.getByRole('heading', { name: 'What, and what for?' }).waitFor()
  await page.getByRole('link', { name: 'News' }).click()
})

t.test('these pages, too, fit 320 px in Arabic, in the dark', async (t) => {
  await page.getByLabel('Language').selectOption('ar')
  await page.setViewportSize({ width: 320, height: 800 })
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const path of ['/notices', '/streams', `/streams/${stream}`, '/protection/guardians', '/mine']) {
    await page.evaluate((to) => { history.pushState(null, '', to) }, path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText('جارٍ سؤال المستشفيات').first().waitFor({ state: 'detached' })
    t.strictSame(await axe(page), [], path)
    t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path}: no scrolling to the side`)
  }
})

t.test('no phrase, key, pass-phrase or plaintext is in what the page sent', async (t) => {
  const sent = await traffic.bytes()
  t.ok(sent.includes(patient.patientId), 'where what is public is found')
  const needles = [...keyNeedles('patient', patient.phrase, CATEGORY_NAMES), textNeedle('pass-phrase', PASSPHRASE), textNeedle('record', TEXT)]
  t.strictSame(searchBytes(sent, needles), [])
})
