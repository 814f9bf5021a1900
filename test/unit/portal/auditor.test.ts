import { generatePhrase } from '@epione/crypto'
import { REVIEW_DUE_MS } from '@epione/protocol'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { BearerToken, depositForEmergencies, listAccessEvents, listEmergencies, requestAccess } from '@epione/sdk'
import type { Locator } from 'playwright-core'
import t from 'tap'
import type {} from '../../../gateway/src/audit/audit-plugin.ts'
import { axe, launchChromium, takePicture } from '../../helpers/chromium.ts'
import { breakGlass, hire, openEmergencyRoom } from '../../helpers/client/emergencies.ts'
import { grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { PASSPHRASE, sayYes, watchErrors } from '../../helpers/portal-patient.ts'
import { openStaffed, signInAs } from '../../helpers/portal-staff.ts'

/* An auditor reads the log in real Chromium, before real gateways. */

const WIDE = { subject: 'auditor-wide', password: 'a horse that is correct', duties: ['auditor' as const] }
const OFFICER = { subject: 'officer', password: 'a third horse altogether', duties: ['auditor' as const] }
const OWN = { subject: 'auditor-own', password: 'another horse entirely', duties: ['auditor' as const] }
// The glass was broken so long ago that its review is overdue.
let offset = -REVIEW_DUE_MS - 3_600_000
const { hospitals } = await openStaffed(t, [WIDE, OWN, OFFICER], {}, { clock: () => Date.now() + offset })
const { core, regional1 } = hospitals
const injured = await hospitals.patient()
const emergency = await openEmergencyRoom(hospitals, regional1)
const wound = { patientId: injured.patientId, recordId: await writeRecord(await hospitals.physician(core), injured, 'blood group 0') }
await depositForEmergencies(injured, { organizations: [regional1.mspId], categories: ['summary'], days: 30 })
const overdueId = await breakGlass(emergency, wound)
offset = 0
await core.gateway.enrol(OFFICER.subject, 'privacy-officer')
const officerPhrase = generatePhrase()
const [patient, author, reader] = [await hospitals.patient(), await hospitals.physician(core), await hospitals.physician(regional1)]
const wanted = { patientId: patient.patientId, records: [{ recordId: await writeRecord(author, patient, 'words') }], purpose: 'TREAT' }
await t.rejects(requestAccess(reader, wanted), { code: 'ACCESS_DENIED' })
await grantTo(reader, patient)
const { eventId } = await requestAccess(reader, wanted)
const { eventId: otherId } = await requestAccess(reader, wanted)
const portal = await startPortal(t, hospitals)
const browser = await launchChromium(t)
const { context, page, traffic } = await visit(t, browser, portal, { viewport: { width: 1100, height: 800 } })
const errors = watchErrors(page)
const rows = page.locator('table.log tbody tr')

t.afterEach(() => {
  for (const { front } of hospitals.all) front.lies = []
  t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown')
})

/** A filter that is chosen of a list, by its name. */
function choice (name: string): Locator {
  return page.locator('.filters label').filter({ has: page.locator('span').filter({ hasText: new RegExp(`^${name}`) }) }).locator('select')
}

/** Waits until nobody is asked any more. */
async function settled (): Promise<void> {
  await page.getByText('Asking the hospitals').first().waitFor({ state: 'detached' })
}

t.test('whoever signs in with the duty is led to the log, and nothing of it is shown before', async (t) => {
  await page.evaluate(() => { history.pushState(null, '', '/audit') })
  await page.getByRole('link', { name: /^Sign in at/ }).waitFor()
  t.equal(await rows.count(), 0)
  t.strictSame(await axe(page), [])
  await signInAs(page, WIDE)
  await rows.nth(3).waitFor()
  t.equal(await rows.count(), 4)
  t.strictSame(await axe(page), [])
  await takePicture(page, 'auditor-log')
})

t.test('each filter is the address, back and forward go through them, and an address alone shows the same', async (t) => {
  const filters: Array<[string, string, number]> = [
    ['Decision', 'deny', 1], ['Purpose', 'TREAT', 3], ['Organisation that asked', 'CoreMSP', 0], ['Where it was written', 'other', 4], ['Written at, asked for elsewhere', 'CoreMSP', 4]
  ]
  for (const [label, value, count] of filters) {
    await page.getByRole('button', { name: 'No filters' }).click()
    await page.waitForURL(`${portal.origin}/audit`)
    await choice(label).selectOption(value)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL((url) => [...url.searchParams.values()].join() === value)
    await page.getByText(count === 0 ? 'No events' : count === 1 ? '1 event' : `${String(count)} events`, { exact: true }).waitFor()
    t.equal(await choice(label).inputValue(), value)
  }
  const texts: Array<[string, string, number]> = [
    ['patientId', patient.patientId, 3], ['staffId', reader.person.staffId, 3], ['from', '2020-01-01', 4], ['to', '2099-12-30', 4]
  ]
  for (const [name, value, count] of texts) {
    await page.getByRole('button', { name: 'No filters' }).click()
    await page.locator(`input[name=${name}]`).fill(value)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL((url) => url.searchParams.get(name) === value)
    await page.getByText(`${String(count)} events`, { exact: true }).waitFor()
  }
  await page.goBack()
  await page.waitForURL(`${portal.origin}/audit`)
  await page.goBack()
  await page.waitForURL((url) => url.searchParams.get('from') === '2020-01-01')
  t.equal(await page.locator('input[name=from]').inputValue(), '2020-01-01')
  await page.goForward()
  await page.goForward()
  await page.waitForURL((url) => url.searchParams.get('to') === '2099-12-30')
  t.equal(await page.locator('input[name=to]').inputValue(), '2099-12-30')
  const token = await core.gateway.token(WIDE.subject, 'user/AuditEvent.rs')
  const listed = await listAccessEvents({ ...hospitals.client(core), role: 'token', token: new BearerToken(token) }, { decision: 'deny' })
  await page.evaluate(() => { history.pushState(null, '', '/audit?decision=deny&unknown=x') })
  await page.getByText('1 event', { exact: true }).waitFor()
  t.match(await rows.first().innerText(), listed.items[0]?.reasons[0]?.rule ?? 'no rule', 'a denial says its rule')
})

t.test('what no day is, and what the hospital refuses, is said beside the filters', async (t) => {
  await page.evaluate(() => { history.pushState(null, '', '/audit?from=yesterday') })
  await page.getByText('Write a day as 2026-11-30').waitFor()
  t.equal(await page.locator('input[name=from]').inputValue(), 'yesterday')
  t.strictSame(await axe(page), [])
  await page.evaluate(() => { history.pushState(null, '', '/audit?patientId=nobody') })
  await page.getByRole('alert').waitFor()
  t.strictSame(await axe(page), [])
  errors.length = 0
})

t.test('an event is explained and its proof verified in the page; a forged one is shown as forged', async (t) => {
  await page.evaluate((to) => { history.pushState(null, '', to) }, `/audit/events/${eventId}`)
  await page.getByText('On the ledger; not anchored yet').waitFor()
  await page.getByText('As recorded', { exact: true }).waitFor()
  t.strictSame(await axe(page), [])
  const anchor = await core.gateway.app.inject({
    url: `/v1/access-events/${otherId}/anchor`, headers: { authorization: `Bearer ${await core.gateway.token(WIDE.subject, 'user/AuditEvent.rs')}` }
  })
  core.front.lies = [({ path }) => path.endsWith('/anchor') ? anchor.json() : undefined]
  await page.evaluate(() => { history.pushState(null, '', '/audit') })
  await rows.first().waitFor()
  await page.evaluate((to) => { history.pushState(null, '', to) }, `/audit/events/${eventId}`)
  await page.getByText('Forged: the proof is false').waitFor()
  t.equal(await page.getByText('On the ledger; not anchored yet').count(), 0)
  t.strictSame(await axe(page), [])
})

t.test('every saved question is an address, says what it needs, and answers', async (t) => {
  await page.getByRole('link', { name: 'Questions' }).first().click()
  await page.locator('.ways li').nth(11).waitFor()
  t.equal(await page.locator('.ways li').count(), 12)
  t.strictSame(await axe(page), [])
  await page.getByRole('link', { name: 'What did a person do?' }).click()
  await page.getByText('This question needs').waitFor()
  await choice('Organisation that asked').selectOption('Regional1MSP')
  await page.locator('input[name=staffId]').fill(reader.person.staffId)
  await page.getByRole('button', { name: 'Ask' }).click()
  await rows.nth(2).waitFor()
  t.match(page.url(), `/audit/questions/actions-of?mspId=Regional1MSP&staffId=${reader.person.staffId}`)
  for (const name of ['disclosed', 'refused', 'emergencies', 'consent-changes', 'group-joins', 'log-readers', 'in-force?at=2099-01-01', `untouched?eventId=${eventId}`, `released?eventId=${eventId}`]) {
    await page.evaluate((to) => { history.pushState(null, '', to) }, `/audit/questions/${name}`)
    await page.getByText(`epione audit ask ${name.split('?')[0] ?? ''}`).waitFor()
    await settled()
    t.equal(await page.getByRole('alert').count(), 0, name)
    t.strictSame(await axe(page), [], name)
  }
  await page.evaluate(() => { history.pushState(null, '', '/audit/questions/nothing') })
  await page.getByText('There is no such page').waitFor()
})

t.test('charts count by day, organisation and reason, and have the same as tables', async (t) => {
  await page.evaluate(() => { history.pushState(null, '', '/audit/charts') })
  await page.locator('.chart canvas').nth(2).waitFor()
  t.equal(await page.locator('.chart').count(), 3)
  await page.locator('.chart summary').nth(1).click()
  t.match(await page.locator('.chart').nth(1).getByRole('row').nth(1).innerText(), /3\s+1/)
  t.strictSame(await axe(page), [])
  await takePicture(page, 'auditor-charts')
})

t.test('a file is taken away with the manifest that the hospital signed', async (t) => {
  await page.evaluate(() => { history.pushState(null, '', '/audit/export?decision=permit') })
  await page.getByLabel('Format').selectOption('ndjson')
  await page.getByRole('button', { name: 'Make the file' }).click()
  await page.getByText('The file is made and signed').waitFor()
  t.strictSame(await axe(page), [])
  const saved = async (name: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    return await new Response(await download.createReadStream() as unknown as ReadableStream).text()
  }
  const file = await saved('Save the file')
  t.same(file.trimEnd().split('\n').map((line) => (JSON.parse(line) as LoggedAccessEvent).eventId).sort(), [eventId, otherId, overdueId].sort())
  t.match(JSON.parse(await saved('Save the manifest')), { version: 'epione-export/1', attestations: [{ statement: { body: /"count":3/ } }] })
})

t.test('an overdue review is closed by an officer of another hospital, with a key of their own, once', async (t) => {
  await page.evaluate(() => { history.pushState(null, '', '/audit/reviews') })
  await rows.first().getByRole('link', { name: 'Overdue' }).click()
  await page.getByText('Only a privacy officer closes a review').waitFor()
  t.equal(await page.getByLabel('What was found').count(), 0, 'an auditor is asked for nothing')
  t.strictSame(await axe(page), [])
  const { context, page: officers } = await visit(t, browser, portal)
  const go = async (path: string): Promise<void> => { await officers.evaluate((to) => { history.pushState(null, '', to) }, path) }
  await go('/audit/reviews')
  await signInAs(officers, OFFICER)
  await officers.getByRole('link', { name: 'Overdue' }).nth(1).click()
  await officers.getByText('You sign a review with keys of your own').waitFor()
  await officers.getByRole('link', { name: 'Bring your keys' }).click()
  await officers.getByLabel('Your phrase').fill(officerPhrase)
  await officers.getByLabel('New pass-phrase').fill(PASSPHRASE)
  await officers.getByLabel('The same once more').fill(PASSPHRASE)
  await officers.getByRole('button', { name: 'Restore' }).click()
  await officers.getByText('not bound to you yet').waitFor()
  await go(`/audit/reviews/${overdueId}`)
  await officers.getByText('not bound to you yet').waitFor()
  await officers.getByRole('link', { name: 'Who you are here' }).click()
  await sayYes(officers, 'Bind the keys to me')
  await officers.getByText('bound to you on the ledger').waitFor()
  await officers.getByRole('button', { name: 'Lock' }).click()
  await go(`/audit/reviews/${overdueId}`)
  await signInAs(officers, OFFICER)
  await officers.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await officers.getByRole('button', { name: 'Unlock' }).click()
  await officers.getByLabel('What was found').selectOption('unjustified')
  t.strictSame(await axe(officers), [])
  await takePicture(officers, 'officer-review')
  const shown = await sayYes(officers, 'Close the review')
  for (const part of [overdueId, injured.patientId, 'not justified', 'The first review stays']) t.match(shown, part)
  await officers.getByText('Reviewed by', { exact: true }).waitFor()
  t.equal(await officers.getByLabel('What was found').count(), 0, 'nobody closes it twice')
  t.match(await listEmergencies(injured), [{ eventId: overdueId, state: 'reviewed', review: { finding: 'unjustified', mspId: 'CoreMSP' } }])

  const freshId = await breakGlass(await hire(hospitals, regional1, 'dr-nights', 'emergency'), wound)
  await go(`/audit/reviews/${freshId}`)
  await officers.getByText('It is still open').waitFor()
  await go(`/audit/reviews/${freshId.replace(/.$/, (last) => last === '0' ? '1' : '0')}`)
  await officers.getByRole('alert').waitFor()
  await context.close()
  await page.evaluate(() => { history.pushState(null, '', '/audit/reviews') })
  await page.getByText('There are none').waitFor()
})

t.test('a thousand events are listed without holding the page', async (t) => {
  const event = (await core.gateway.app.inject({
    url: '/v1/access-events?limit=1', headers: { authorization: `Bearer ${await core.gateway.token(WIDE.subject, 'user/AuditEvent.rs')}` }
  })).json<{ items: LoggedAccessEvent[] }>().items[0]
  const start = event?.eventId.split('.').slice(0, 2).join('.') ?? ''
  let made = 0
  core.front.lies = [({ path }) => /^\/v1\/access-events(\?|$)/.test(path)
    ? {
        status: 200,
        body: { items: Array.from({ length: 100 }, () => ({ ...event, eventId: `${start}.${String(made += 1).padStart(64, '0')}` })), ...(made < 1_000 ? { next: String(made) } : {}) }
      }
    : undefined]
  await page.evaluate(() => { history.pushState(null, '', '/audit/log') })
  await page.getByText('100 events', { exact: true }).waitFor()
  made = 0
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('1,000 events', { exact: true }).waitFor()
  t.equal(await rows.count(), 1_000)
})

t.test('a hospital whose part is missing is a warning, and so is what a narrower scope cuts off', async (t) => {
  core.front.lies = [({ path, body }) => /^\/v1\/access-events(\?|$)/.test(path) ? { ...body as object, silent: [{ mspId: 'Regional2MSP' }] } : undefined]
  await page.evaluate(() => { history.pushState(null, '', '/audit?decision=permit') })
  await page.getByText('Regional2MSP has not been heard of').waitFor()
  t.strictSame(await axe(page), [])
  const second = await visit(t, browser, portal)
  await second.page.evaluate(() => { history.pushState(null, '', '/audit') })
  await second.page.getByRole('link', { name: /^Sign in at/ }).waitFor()
  await signInAs(second.page, OWN)
  await second.page.getByText('Only what people of CoreMSP asked for is shown').waitFor()
  await second.page.evaluate(() => { history.pushState(null, '', '/audit?mspId=Regional1MSP') })
  await second.page.getByRole('alert').waitFor()
  await second.context.close()
})

t.test('every page fits 320 px, in Arabic from right to left, dark and light, and no token left the worker', async (t) => {
  await page.getByLabel('Language').selectOption('ar')
  await page.setViewportSize({ width: 320, height: 800 })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const path of ['/audit', '/audit/questions', '/audit/questions/refused', '/audit/charts', '/audit/reviews', '/audit/reviews?show=all', '/audit/export']) {
      await page.evaluate((to) => { history.pushState(null, '', to) }, path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByText('جارٍ سؤال المستشفيات').first().waitFor({ state: 'detached' })
      t.strictSame(await axe(page), [], `${path} ${colorScheme}`)
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path}: no scrolling to the side`)
    }
    await takePicture(page, `auditor-arabic-${colorScheme}`)
  }
  const kept = await page.evaluate(() => JSON.stringify(
    [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href]
  ))
  t.notMatch(kept, /eyJ/, 'no token in storage or address')
  t.ok(traffic.urls.every((url) => !url.includes('eyJ')))
  await context.close()
})
