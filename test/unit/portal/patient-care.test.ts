import t from 'tap'
import { CATEGORY_NAMES } from '@epione/protocol'
import { requestAccess, rollUpStream } from '@epione/sdk'
import { axe, launchChromium, takePicture } from '../../helpers/chromium.ts'
import { createGuardian, keysFor, submitted } from '../../helpers/client/guardians.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { addDevice, minuteOf, startDevice } from '../../helpers/test-device.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { PASSPHRASE, restorePatient, sayYes, watchErrors } from '../../helpers/portal-patient.ts'
import { keyNeedles } from '../../helpers/secret-needles.ts'
import { searchBytes, textNeedle } from '../../helpers/search.ts'

/* What a patient does beside reading and consenting: news, guardians, measurements. */

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
await restorePatient(page, patient.phrase)

t.afterEach(() => { t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown') })

t.test('what happens is told on every page as it happens, and what happened meanwhile at the next visit', async (t) => {
  await page.getByRole('link', { name: 'News' }).click()
  await page.getByText('Nothing new').waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('link', { name: 'Timeline' }).click()
  await requestAccess(reader, wanted)
  await page.getByRole('status').filter({ hasText: '1 thing is new' }).waitFor()
  await page.reload()
  await t.rejects(requestAccess(reader, { ...wanted, purpose: 'HRESCH' }), { code: 'ACCESS_DENIED' })
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('2 things are new').waitFor()
  await page.getByRole('link', { name: 'See', exact: true }).click()
  const items = page.getByRole('main').getByRole('listitem')
  await items.nth(1).waitFor()
  t.equal(await items.count(), 2)
  t.match(await items.first().innerText(), /Denied/, 'the newest comes first')
  t.match(await items.last().innerText(), /Permitted/)
  t.match(await items.last().innerText(), hospitals.regional1.info.name, 'by the hospital\'s name')
  t.strictSame(await axe(page), [])
  await page.getByRole('button', { name: 'I have seen these' }).click()
  await page.getByText('Nothing new').waitFor()
  await page.reload()
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('Nothing new').waitFor()
})

t.test('guardians are named from their files with the pass-phrase, looked at, and a recovery that they begin is stopped', async (t) => {
  const guardians = [createGuardian(hospitals.client(hospitals.core)), createGuardian(hospitals.client(hospitals.core))]
  const files = keysFor(guardians, patient).map((key, at) => ({ name: `guardian-${at + 1}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(key)) }))
  const [foreign] = keysFor(guardians, await hospitals.patient())
  await page.getByRole('link', { name: 'Protection' }).click()
  await page.getByRole('link', { name: 'See or name guardians' }).click()
  await page.getByText('You named no guardians').waitFor()
  const wrong = { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(foreign)) }
  await page.locator('input[type=file]').setInputFiles([...files, wrong])
  await page.getByRole('alert').filter({ hasText: 'other.json is no guardian’s key' }).waitFor()
  await page.getByText('2 guardians').waitFor()
  await page.getByLabel('Pass-phrase').fill('not this pass-phrase')
  t.strictSame(await axe(page), [])
  await page.getByRole('button', { name: 'Name these guardians' }).click()
  await page.getByRole('alert').filter({ hasText: 'This is not the pass-phrase' }).waitFor()
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  const shown = await sayYes(page, 'Name these guardians')
  for (const key of keysFor(guardians, patient)) for (const part of [key.signingKey, key.receivingKey]) t.match(shown, part, 'the dialog names each key: the share is sealed to the second')
  await page.getByText('Your guardians are named').waitFor()
  await page.getByText('Yes. Hospitals keep what a recovery needs').waitFor()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'patient-guardians')
  const away = `**/gateways/${hospitals.regional2.info.id}/**`
  await context.route(away, (route) => route.abort())
  await page.getByRole('link', { name: 'Protection' }).click()
  await page.getByRole('link', { name: 'See or name guardians' }).click()
  await page.getByText(`${hospitals.regional2.info.name}: Cannot be reached`).waitFor()
  await context.unroute(away)
  errors.length = 0
  await submitted(hospitals.client(hospitals.core), patient.patientId, guardians)
  await page.getByRole('link', { name: 'Protection' }).click()
  await page.getByText('Guardians asked for your phrase; it is').waitFor()
  await sayYes(page, 'Stop it')
  await page.getByText('Guardians asked for your phrase; it is').waitFor({ state: 'detached' })
})

t.test('measurements are drawn, of samples near by and of the roll-up far off, stand in a table, and come live', async (t) => {
  const [MINUTE, HOUR] = [60_000, 3_600_000]
  const begun = Math.floor(Date.now() / HOUR) * HOUR - 5 * HOUR
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, hospitals.client(hospitals.core)))
  for (const minute of [0, 1, 2, 240]) await recorder.record([minuteOf(begun + minute * MINUTE, 60 + minute % 7)], 'source')
  await sender.sendAll({ close: true })
  await rollUpStream(patient, { stream: queue.stream, every: 'minute' })
  await page.getByRole('link', { name: 'Measurements' }).click()
  await page.getByRole('link', { name: 'Vital signs' }).click()
  await page.getByRole('button', { name: 'Last day' }).click()
  await page.getByText('Drawn of your roll-up by minute').waitFor()
  await page.locator('.drawn canvas').waitFor()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'patient-measurements')
  await page.locator('.drawn').scrollIntoViewIfNeeded()
  const box = await page.locator('.drawn .u-over').boundingBox()
  if (box === null) throw new Error('there is no chart')
  const wide = await page.getByRole('status').filter({ hasText: ' to ' }).innerText()
  await page.mouse.move(box.x + 0.2 * box.width, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.25 * box.width, box.y + 40, { steps: 4 })
  await page.mouse.up()
  await page.getByText('Drawn of your roll-up').waitFor({ state: 'detached' })
  t.not(await page.getByRole('status').filter({ hasText: ' to ' }).innerText(), wide, 'a part that was chosen is shown')
  await page.getByRole('button', { name: 'Last week' }).click()
  await page.getByText('Drawn of your roll-up').waitFor()
  await page.goto(`${portal.origin}/streams/${queue.stream}`)
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByRole('button', { name: 'Show it live' }).waitFor()
  await page.getByRole('button', { name: 'Zoom out' }).focus()
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Enter')
  await page.getByText(/values? from \d+ to \d+/).first().waitFor()
  await page.getByText('As a table').first().click()
  await page.getByRole('row').nth(2).waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('button', { name: 'Show it live' }).click()
  await page.getByText('Live: what is measured').waitFor()
  await recorder.record([minuteOf(Date.now(), 91, 5)], 'source')
  await sender.sendAll()
  await page.getByRole('definition').filter({ hasText: /9[123] \/min/ }).waitFor()
  t.strictSame(await axe(page), [])
})

t.test('no phrase, key, pass-phrase or plaintext is in what the page sent', async (t) => {
  const sent = await traffic.bytes()
  t.ok(sent.includes(patient.patientId), 'where what is public is found')
  const needles = [...keyNeedles('patient', patient.phrase, CATEGORY_NAMES), textNeedle('pass-phrase', PASSPHRASE), textNeedle('record', TEXT)]
  t.strictSame(searchBytes(sent, needles), [])
})
