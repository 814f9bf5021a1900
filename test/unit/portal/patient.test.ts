import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { generatePhrase } from '@epione/crypto'
import { CATEGORY_NAMES } from '@epione/protocol'
import { requestAccess } from '@epione/sdk'
import t from 'tap'
import { axe, launchChromium, takePicture, TestAuthenticator } from '../../helpers/chromium.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { PASSPHRASE, restorePatient, sayYes, watchErrors } from '../../helpers/portal-patient.ts'
import { keyNeedles } from '../../helpers/secret-needles.ts'
import { searchBytes, textNeedle } from '../../helpers/search.ts'

const hospitals = await Hospitals.open(t)
const [patient, author, reader] = [
  await hospitals.patient(), await hospitals.physician(hospitals.core), await hospitals.physician(hospitals.regional1)
]
const TEXT = 'allergic to penicillin'
const recordId = await writeRecord(author, patient, TEXT)
await grantTo(reader, patient)
const wanted = { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }
await requestAccess(reader, wanted)
const portal = await startPortal(t, hospitals)
const browser = await launchChromium(t)
const { context, page, traffic } = await visit(t, browser, portal, { viewport: { width: 1000, height: 800 } })
const errors = watchErrors(page)
const SITE = join(import.meta.dirname, '..', '..', '..', 'portal', 'dist', 'site')
const NARROW = { width: 320, height: 800 }

t.afterEach(() => { t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown') })

t.test('a new phrase is kept only when its words were said back', async (t) => {
  await page.getByRole('link', { name: 'Make a new phrase' }).click()
  await page.getByRole('list', { name: 'Your 24 words' }).waitFor()
  const words = await page.getByRole('listitem').allInnerTexts()
  t.equal(words.length, 24)
  t.strictSame(await axe(page), [])
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await page.getByRole('heading', { name: 'Say three of them back' }).waitFor()
  const asked = await page.getByRole('textbox', { name: /Word number/ }).all()
  t.equal(asked.length, 3)
  for (const field of asked) await field.fill('zebra')
  await page.getByLabel('New pass-phrase').fill(PASSPHRASE)
  await page.getByLabel('The same once more').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Keep the keys' }).click()
  await page.getByRole('alert').filter({ hasText: 'A word is not the one of your phrase' }).waitFor()
  t.strictSame(await axe(page), [])
  for (const field of asked) {
    const place = Number(/\d+/.exec(await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent ?? ''))?.[0])
    await field.fill(words[place - 1] ?? '')
  }
  await page.getByRole('button', { name: 'Keep the keys' }).click()
  await page.getByRole('alert').filter({ hasText: 'No hospital knows these keys yet' }).waitFor()
  await page.getByRole('button', { name: 'Lock' }).click()
  await page.getByRole('button', { name: 'Remove the keys from this machine' }).click()
  await page.getByLabel('Pass-phrase').fill('not this pass-phrase')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'This is not the pass-phrase' }).waitFor()
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('link', { name: 'Restore from your phrase' }).waitFor()
})

t.test('a phrase that is none, or two pass-phrases that differ, keep nothing', async (t) => {
  await page.getByRole('link', { name: 'Restore from your phrase' }).click()
  await page.getByLabel('Your phrase').fill(`${generatePhrase(12)} zebra`)
  await page.getByLabel('New pass-phrase').fill(PASSPHRASE)
  await page.getByLabel('The same once more').fill('something else entirely')
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByText('The two are not the same').waitFor()
  await page.getByLabel('The same once more').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('alert').filter({ hasText: 'This is no phrase' }).waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('link', { name: 'Epione' }).click()
})

t.test('the timeline shows the record and who looked, and the record opens after a yes', async (t) => {
  // Of a visit of its own: what was loaded for somebody else is loaded anew.
  const before = traffic.urls.length
  await page.reload()
  await restorePatient(page, patient.phrase)
  await page.getByRole('link', { name: 'Record: Summary' }).waitFor()
  // What is new is listened for once the page is there.
  const loaded = [...new Set(traffic.urls.slice(before))].flatMap((url) => url.startsWith(`${portal.origin}/assets/`) ? new URL(url).pathname : [])
  const sizes = await Promise.all(loaded.map(async (path) => gzipSync(await readFile(join(SITE, path)), { level: 9 }).length))
  const weight = sizes.reduce((sum, size) => sum + size, 0)
  t.comment(`${loaded.length} files, ${weight} bytes with gzip, before the first record is opened`)
  t.ok(loaded.some((path) => path.includes('/main-')), 'the worker is among them')
  t.ok(weight <= 250_000, `at most 250 kB: ${weight}`)
  t.match(await page.getByRole('row', { name: /Treatment/ }).innerText(), /Permitted/)
  t.strictSame(await axe(page), [])
  await takePicture(page, 'patient-timeline')
  await page.getByRole('link', { name: 'Record: Summary' }).click()
  const shown = await sayYes(page, 'Open')
  t.match(shown, recordId, 'the dialog names the record')
  await page.frameLocator('iframe').getByText(TEXT).waitFor()
  t.strictSame(await axe(page), [])
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save' }).click()])
  t.equal(await new Response(await saved.createReadStream() as unknown as ReadableStream).text(), TEXT)
  await page.goBack()
})

t.test('a search finds what is in a record, and is neither sent nor in the address', async (t) => {
  await page.getByRole('link', { name: 'Search' }).click()
  await page.getByLabel('What you look for').fill('penicillin')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByText('1 record found').waitFor()
  t.strictSame(await axe(page), [])
  t.notMatch((await traffic.bytes()).toString('latin1'), 'penicillin')
  await page.getByLabel('What you look for').fill('(penicillin')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('alert').filter({ hasText: 'cannot be read' }).waitFor()
  await page.getByRole('link', { name: 'Timeline' }).click()
})

t.test('a request is explained, and its proof verified in the page', async (t) => {
  await page.getByRole('link', { name: 'Who looked' }).click()
  t.match(page.url(), /show=looks/, 'what is shown is in the address')
  await page.getByRole('link', { name: 'Read' }).first().click()
  await page.getByText('On the ledger; not anchored yet').waitFor()
  await page.getByText('as they were entitled').or(page.locator('main div[lang=en] p')).first().waitFor()
  t.strictSame(await axe(page), [])
})

t.test('a consent in three steps opens what its preview says, and ends by one click', async (t) => {
  await page.getByRole('link', { name: 'Consents' }).click()
  await page.getByRole('link', { name: 'Give a consent' }).click()
  await page.getByLabel('Hospital', { exact: false }).first().selectOption('Regional1MSP')
  await page.getByRole('textbox').fill('s-nobody-here')
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByRole('alert').filter({ hasText: 'There is no such thing' }).waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('textbox').fill(reader.person.staffId)
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByRole('heading', { name: 'What, and what for?' }).waitFor()
  await page.getByRole('button', { name: 'See what it opens' }).click()
  await page.getByText('Choose at least one of each').waitFor()
  await page.getByText('Summary').click()
  t.strictSame(await axe(page), [])
  await page.getByRole('button', { name: 'See what it opens' }).click()
  await page.getByText('1 record is open to them already').waitFor()
  t.equal(await page.getByRole('button', { name: 'Sign the consent' }).count(), 0, 'not before the fingerprint was compared')
  const fingerprint = reader.keys.receiving(1).publicKey().fingerprint()
  t.match(await page.locator('.fingerprint').innerText(), fingerprint)
  await page.getByText('They read me exactly this').click()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'patient-consent')
  const shown = await sayYes(page, 'Sign the consent')
  for (const said of [fingerprint, reader.person.staffId, 'Treatment', 'Summary']) t.match(shown, said)
  await page.getByRole('button', { name: /^Revoke/ }).nth(1).waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('button', { name: /^Revoke/ }).first().click()
  await page.getByText('1 that is over').waitFor()
  t.ok((await requestAccess(reader, wanted)).eventId, 'the other consent is in force')
  await page.getByRole('button', { name: /^Revoke/ }).first().click()
  await page.getByText('You gave nobody a consent').waitFor()
  await t.rejects(requestAccess(reader, wanted), { code: 'ACCESS_DENIED' })
})

t.test('prohibition, emergency switch and freeze count at once, and end again', async (t) => {
  await grantTo(reader, patient)
  await page.getByRole('link', { name: 'Protection' }).click()
  await page.getByText('Forbid something').click()
  await page.getByRole('group', { name: 'Hospitals' }).getByText('Regional1MSP').click()
  t.strictSame(await axe(page), [])
  await sayYes(page, 'Forbid')
  await page.getByRole('button', { name: /^End the prohibition/ }).waitFor()
  await t.rejects(requestAccess(reader, wanted), { code: 'ACCESS_DENIED' })
  await sayYes(page, 'End the prohibition')
  await page.getByText('You forbid nothing').waitFor()
  await sayYes(page, 'Switch emergencies off')
  await page.getByText('Emergencies are switched off').waitFor()
  await sayYes(page, 'Switch emergencies on')
  await sayYes(page, 'Freeze everything')
  await page.getByText('Everything is frozen').waitFor()
  await t.rejects(requestAccess(reader, wanted), { code: /FROZEN|DENIED/ })
  t.strictSame(await axe(page), [])
  await sayYes(page, 'End the freeze')
  await page.getByText('Nothing is frozen').waitFor()
  t.ok((await requestAccess(reader, wanted)).eventId)
})

t.test('a file of one\'s own becomes a record', async (t) => {
  await page.getByRole('link', { name: 'Add a record' }).click()
  await page.locator('input[type=file]').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from(TEXT) })
  await page.getByLabel('Category').selectOption('medication')
  t.strictSame(await axe(page), [])
  t.match(await sayYes(page, 'Seal and add'), 'note.txt')
  await page.getByRole('link', { name: 'See the record' }).click()
  await page.getByRole('button', { name: 'Open' }).waitFor()
})

t.test('an absent hospital is told, and nothing that was entered is lost', async (t) => {
  await page.getByRole('link', { name: 'Consents' }).click()
  await page.getByRole('link', { name: 'Give a consent' }).click()
  await page.getByRole('textbox').fill(reader.person.staffId)
  await context.route('**/gateways/**', (route) => route.abort())
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByRole('alert').filter({ hasText: 'reached' }).waitFor()
  t.equal(await page.getByRole('textbox').inputValue(), reader.person.staffId)
  t.strictSame(await axe(page), [])
  await context.unroute('**/gateways/**')
  await page.getByLabel('Hospital', { exact: false }).first().selectOption('Regional1MSP')
  await page.getByRole('button', { name: 'Look up' }).click()
  await page.getByRole('heading', { name: 'What, and what for?' }).waitFor()
  errors.length = 0
})

t.test('every page fits 320 px, in Arabic from right to left, dark and light', async (t) => {
  await page.getByLabel('Language').selectOption('ar')
  await page.setViewportSize(NARROW)
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const path of ['/timeline', '/search', '/consents', '/consents/new', '/protection', '/add', '/nowhere']) {
      await page.evaluate((to) => { history.pushState(null, '', to) }, path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByText('جارٍ سؤال المستشفيات').first().waitFor({ state: 'detached' })
      t.strictSame(await axe(page), [], `${path} ${colorScheme}`)
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path}: no scrolling to the side`)
    }
    await takePicture(page, `patient-arabic-${colorScheme}`)
  }
  t.equal(await page.evaluate(() => document.documentElement.dir), 'rtl')
})

t.test('keys are locked by a reload, and open with the pass-phrase alone', async (t) => {
  await page.reload()
  await page.getByRole('textbox').fill('not this pass-phrase')
  await page.getByRole('button', { name: 'فتح القفل' }).click()
  await page.getByRole('alert').waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('textbox').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'فتح القفل' }).click()
  await page.getByRole('button', { name: 'قفل' }).waitFor()
})

t.test('no phrase, pass-phrase or plaintext is in what the page sent, stored or has in its address', async (t) => {
  const sent = await traffic.bytes()
  const stored = JSON.stringify(await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const values = await Promise.all(databases.map(({ name = '' }) => new Promise((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onerror = () => { reject(new Error(name)) }
      opening.onsuccess = () => {
        const store = opening.result.objectStoreNames[0] ?? ''
        const reading = opening.result.transaction(store).objectStore(store).getAll()
        reading.onsuccess = () => { resolve(reading.result) }
      }
    })))
    return [values, JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href]
  }))
  t.match(stored, 'scrypt', 'the sealed phrase is what is stored')
  const needles = [...keyNeedles('patient', patient.phrase, CATEGORY_NAMES), textNeedle('pass-phrase', PASSPHRASE), textNeedle('record', TEXT)]
  t.strictSame(searchBytes(sent, needles), [], 'in what was sent')
  t.ok(sent.includes(patient.patientId), 'where what is public is found')
  t.strictSame(searchBytes(Buffer.from(stored), needles), [], 'in what is stored')
  t.notMatch(stored, patient.patientId, 'whose keys they are is not stored')
})

t.test('with an authenticator the pass-phrase alone opens nothing', async (t) => {
  const visited = await visit(t, browser, portal)
  const authenticator = await TestAuthenticator.add(visited.page)
  await visited.page.getByRole('link', { name: 'Restore from your phrase' }).click()
  await visited.page.getByLabel('Your phrase').fill(patient.phrase)
  await visited.page.getByLabel('New pass-phrase').fill(PASSPHRASE)
  await visited.page.getByLabel('The same once more').fill(PASSPHRASE)
  await visited.page.getByText('Also ask a security key').click()
  await visited.page.getByRole('button', { name: 'Restore' }).click()
  await visited.page.getByRole('heading', { name: 'Timeline' }).waitFor()
  await visited.page.getByRole('button', { name: 'Lock' }).click()
  await visited.page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await visited.page.getByRole('button', { name: 'Unlock' }).click()
  await visited.page.getByRole('heading', { name: 'Timeline' }).waitFor()
  await visited.page.getByRole('button', { name: 'Lock' }).click()
  await authenticator.setRecognised(false)
  await visited.page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await visited.page.getByRole('button', { name: 'Unlock' }).click()
  await visited.page.getByText('This authenticator cannot do that').waitFor()
})
