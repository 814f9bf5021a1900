import { deriveKeyRing, generatePhrase } from '@epione/crypto'
import {
  BearerToken, depositForEmergencies, foundDepartment, listConsents, makeCard, makeDepartment, publishEmergencyKey, readDepartment,
  readSelf, revokeConsent
} from '@epione/sdk'
import type { PractitionerContext } from '@epione/sdk'
import t from 'tap'
import { axe, launchChromium, takePicture } from '../../helpers/chromium.ts'
import { grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { adminSecret } from '../../helpers/founding.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { PASSPHRASE, sayYes, watchErrors } from '../../helpers/portal-patient.ts'
import { openStaffed, signInAs, storedBy } from '../../helpers/portal-staff.ts'
import { keyNeedles } from '../../helpers/secret-needles.ts'
import { searchBytes, textNeedle } from '../../helpers/search.ts'
import { until } from '../../helpers/sharing.ts'

/* Staff sign in at a real provider, each in a tab of its own. */

const DOCTOR = { subject: 'dr-desk', password: 'a horse that is correct', duties: ['clinician' as const], name: 'Dora Desk' }
const CLERK = { subject: 'clerk', password: 'another horse entirely', duties: ['desk' as const] }
// Tokens end while the test runs, and are exchanged.
const { hospitals, provider } = await openStaffed(t, [DOCTOR, CLERK], { ACCESS_TOKEN_SECONDS: '20' })
const DEPARTMENT = 'emergency-room'
await hospitals.core.gateway.enrol(DOCTOR.subject, 'emergency', { department: DEPARTMENT })
const [patient, author] = [await hospitals.patient(), await hospitals.physician(hospitals.regional1)]
const TEXT = 'allergic to penicillin'
const recordId = await writeRecord(author, patient, TEXT)
const phrase = generatePhrase()
const { keys, client } = { keys: deriveKeyRing(phrase), client: hospitals.client(hospitals.core) }

/** The practitioner at the page, as the SDK knows them. */
async function doctor (): Promise<PractitionerContext> {
  const token = new BearerToken(await hospitals.core.gateway.token(DOCTOR.subject, 'user/DocumentReference.rs user/DocumentReference.c'))
  return { ...client, role: 'practitioner', person: await readSelf(client, token), keys, keyNumber: 1, token }
}
const portal = await startPortal(t, hospitals)
const browser = await launchChromium(t)
const { context, page, traffic } = await visit(t, browser, portal, { viewport: { width: 1000, height: 800 } })
const errors = watchErrors(page)

t.afterEach(() => { t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown') })

/** Where the link to the hospital's page leads, and what it says. */
async function linkShown (): Promise<URL> {
  const link = page.getByRole('link', { name: /^Sign in at/ })
  await link.waitFor()
  return new URL(await link.getAttribute('href') ?? '')
}

/** What a tab that is led back with this shows; the one that waits was opened by its link. */
async function leadBack (answer: Record<string, string>): Promise<string> {
  const tab = await context.newPage()
  const { port } = new URL(portal.origin)
  await tab.goto(`http://127.0.0.1:${port}/signed-in?${new URLSearchParams(answer).toString()}`)
  const heading = tab.getByRole('heading', { level: 1 })
  await heading.filter({ hasNotText: 'Epione' }).waitFor()
  t.equal(new URL(tab.url()).search, '', 'nothing stays in the address')
  t.strictSame(await axe(tab), [])
  const said = await heading.innerText()
  await tab.close()
  return said
}

/** Presses the link without the tab that it opens. */
async function beginOnly (): Promise<URL> {
  const address = await linkShown()
  const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: /^Sign in at/ }).click()])
  await tab.close()
  return address
}

t.test('the link leads to the hospital\'s own page, with a code challenge, a state and a nonce', async (t) => {
  await page.getByRole('link', { name: 'Sign in as hospital staff' }).click()
  const address = await linkShown()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'staff-sign-in')
  t.equal(address.origin, provider.issuer)
  t.match(await page.locator('main').innerText(), new URL(provider.issuer).host, 'people are told which address they may trust')
  const asked = Object.fromEntries(address.searchParams)
  t.match(asked, {
    client_id: 'epione-portal', response_type: 'code', code_challenge_method: 'S256', redirect_uri: `http://127.0.0.1:${new URL(portal.origin).port}/signed-in`
  })
  for (const name of ['state', 'nonce', 'code_challenge']) t.match(asked[name], /^[A-Za-z0-9_-]{43}$/, name)
})

t.test('an answer of another state, another issuer or none, or of who said no signs nobody in', async (t) => {
  const state = (address: URL): string => address.searchParams.get('state') ?? ''
  await beginOnly()
  t.equal(await leadBack({ code: 'x', state: 'a state of nobody', iss: provider.issuer }), 'Nothing here waits for this sign-in')
  for (const [answers, answer] of [{ code: 'x', iss: 'https://thief.invalid' }, { code: 'x' }].entries()) {
    const address = await linkShown()
    await beginOnly()
    t.equal(await leadBack({ ...answer, state: state(address) }), 'You were not signed in')
    await page.getByRole('alert').filter({ hasText: 'not from the sign-in of your hospital' }).waitFor()
    if (answers === 0) t.equal(await leadBack({ ...answer, state: state(address) }), 'Nothing here waits for this sign-in', 'an answer counts once')
    await page.getByRole('button', { name: 'Try again' }).click()
  }
  const declined = await beginOnly()
  t.equal(await leadBack({ error: 'access_denied', state: state(declined), iss: provider.issuer }), 'You were not signed in')
  await page.getByRole('alert').filter({ hasText: 'The hospital refuses this' }).waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  const invented = await beginOnly()
  t.equal(await leadBack({ code: 'made-up', state: state(invented), iss: provider.issuer }), 'You were not signed in', 'a code of nobody')
  await page.getByRole('button', { name: 'Try again' }).click()
})

t.test('somebody is signed in by the hospital\'s page, and out again', async (t) => {
  t.equal(await signInAs(page, CLERK), 'You are signed in')
  await page.getByText('Signed in as clerk at CoreMSP').waitFor()
  await page.getByText('has no page here').waitFor()
  t.strictSame(await axe(page), [])
  const other = await context.newPage()
  await other.goto(`${portal.origin}/staff`)
  await signInAs(other, DOCTOR)
  await other.getByText('Signed in as Dora Desk').waitFor()
  const revoked = (): number => traffic.urls.filter((url) => url.includes('/revocation')).length
  const before = revoked()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await linkShown()
  await other.getByRole('link', { name: /^Sign in at/ }).waitFor()
  await until(() => revoked() === before + 2)
  t.pass('every tab is signed out, at the provider, too')
  await other.close()
})

t.test('a practitioner brings keys to the workstation and binds them', async (t) => {
  t.equal(await signInAs(page, DOCTOR), 'You are signed in')
  await page.getByText('Signed in as Dora Desk').waitFor()
  await page.getByRole('link', { name: 'Bring your keys' }).click()
  await page.getByLabel('Your phrase').fill(phrase)
  await page.getByLabel('New pass-phrase').fill(PASSPHRASE)
  await page.getByLabel('The same once more').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByText('not bound to you yet').waitFor()
  t.strictSame(await axe(page), [])
  t.match(await sayYes(page, 'Bind the keys to me'), await page.locator('.fingerprint').innerText())
  await page.getByText('bound to you on the ledger').waitFor()
  await takePicture(page, 'practitioner-keys')
})

t.test('a record of a patient without consent is denied, with the rules that denied it', async (t) => {
  await page.getByRole('link', { name: 'Patients', exact: true }).click()
  await page.getByText('No patient has let you').waitFor()
  await page.getByLabel('Number of another patient').fill('nobody')
  await page.getByRole('button', { name: 'Look' }).click()
  await page.getByText('32 characters').waitFor()
  t.strictSame(await axe(page), [])
  await page.getByLabel('Number of another patient').fill(patient.patientId)
  await page.getByRole('button', { name: 'Look' }).click()
  await page.getByText('No record is shown to you here').waitFor()
  await page.getByText('A record that is not listed').click()
  await page.getByLabel('Number of the record').fill(recordId)
  t.match(await sayYes(page, 'Ask and open'), recordId)
  await page.getByRole('heading', { name: 'This was denied' }).waitFor()
  t.match(await page.locator('main div[lang=en]').innerText(), /[Cc]onsent/, 'why')
  t.strictSame(await axe(page), [])
  await takePicture(page, 'practitioner-denied')
})

t.test('a consented record is asked for with its purpose, opened in its frame, and denied for another purpose and once it is revoked', async (t) => {
  await grantTo(await doctor(), patient, 'summary', ['read'])
  await page.getByRole('link', { name: 'Patients', exact: true }).click()
  await page.getByRole('link', { name: patient.patientId }).click()
  await page.getByText('In force').waitFor()
  t.strictSame(await axe(page), [])
  t.match(await sayYes(page, 'Ask and open'), /Treatment/)
  await page.frameLocator('iframe').getByText(TEXT).waitFor()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'practitioner-opened')
  await page.getByLabel('What for').selectOption('HRESCH')
  await sayYes(page, 'Ask and open')
  await page.getByRole('heading', { name: 'This was denied' }).waitFor()
  for (const { consentId } of await listConsents(patient)) await revokeConsent(patient, consentId)
  await page.getByLabel('What for').selectOption('TREAT')
  await sayYes(page, 'Ask and open')
  await page.locator('main div[lang=en]').getByText(/revoked/i).first().waitFor()
})

t.test('a file is written for the patient of a write card, and not by a card that somebody changed', async (t) => {
  const { card } = await makeCard(patient)
  const give = async (text: string): Promise<void> => {
    await page.locator('input[type=file]').first().setInputFiles({ name: 'card.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Take this card' }).click()
  }
  await page.getByRole('link', { name: 'Write' }).click()
  await give(card.replace(/summary/g, 'imaging'))
  await page.getByRole('alert').waitFor()
  t.strictSame(await axe(page), [])
  await give(card)
  await page.getByText('The card is genuine').waitFor()
  await page.locator('input[type=file]').nth(1).setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('a letter') })
  await page.getByLabel('Category').selectOption('medication')
  t.strictSame(await axe(page), [])
  t.match(await sayYes(page, 'Seal and add'), 'letter.txt')
  await page.getByText('On the ledger').waitFor()
  t.equal(await page.evaluate(() => document.activeElement?.localName), 'form', 'whoever has a keyboard alone goes on where they were')
  await page.locator('input[type=file]').nth(1).setInputFiles({ name: 'next.txt', mimeType: 'text/plain', buffer: Buffer.from('of the next patient') })
  await page.getByRole('button', { name: 'Seal and add' }).waitFor()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'next-patient.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await page.getByText('next-patient.json').waitFor()
  t.equal(await page.getByText('The card is genuine').count(), 0, 'a card counts no more once another is chosen')
  t.equal(await page.getByRole('button', { name: 'Seal and add' }).count(), 0, 'and nothing is written by it')
})

t.test('a search is a logged request that does not say what is looked for, and is refused where nobody allowed it', async (t) => {
  await page.getByRole('link', { name: 'Search', exact: true }).click()
  await page.getByLabel('What you look for').fill('(penicillin')
  await page.getByRole('button', { name: 'Search' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Search' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'cannot be read' }).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  t.strictSame(await axe(page), [])
  await grantTo(await doctor(), patient, 'summary', ['read', 'search'])
  await page.getByRole('link', { name: 'Patients', exact: true }).click()
  await page.getByRole('link', { name: patient.patientId }).waitFor()
  await page.getByRole('link', { name: 'Search', exact: true }).click()
  await page.getByLabel('What you look for').fill('penicillin')
  await sayYes(page, 'Search')
  await page.getByText('1 record found').waitFor()
  t.strictSame(await axe(page), [])
  t.notMatch((await traffic.bytes()).toString('latin1'), 'penicillin')
})

t.test('the glass is broken only after what follows was read, is in the own list with its review, and stays shut where nothing is deposited', async (t) => {
  const self = await doctor()
  const { file } = await makeDepartment(self, DEPARTMENT, [])
  const registrar = new BearerToken(await hospitals.core.gateway.token('head-of-staff', 'system/Practitioner.c'))
  await foundDepartment({ ...client, role: 'token', token: registrar }, file)
  const { body: { receivingKey: emergencyKey } } = await readDepartment(self, { mspId: 'CoreMSP', department: DEPARTMENT })
  await publishEmergencyKey({ ...client, role: 'admin', secret: adminSecret('CoreMSP') }, { mspId: 'CoreMSP', emergencyKey })
  await page.getByRole('link', { name: 'Emergencies' }).click()
  await page.getByText('You have never broken the glass').waitFor()
  await page.getByRole('link', { name: 'Break the glass' }).click()
  await page.getByText('privacy officer of another hospital').waitFor()
  t.equal(await page.getByLabel('Numbers of the records').count(), 0, 'nothing is asked before the consequences are understood')
  t.strictSame(await axe(page), [])
  await takePicture(page, 'practitioner-break-glass')
  await page.getByText('I have read this').click()
  await page.getByLabel('Patient', { exact: true }).fill(patient.patientId)
  await page.getByLabel('Numbers of the records').fill(recordId)
  await page.getByLabel('Why').selectOption('threat-to-life')
  await page.getByRole('button', { name: 'Break the glass' }).click()
  const dialog = page.getByRole('alertdialog')
  t.match(await dialog.innerText(), /in the log of all hospitals/)
  await dialog.getByRole('button', { name: 'Break the glass' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await depositForEmergencies(patient, { organizations: ['CoreMSP'], categories: ['summary'], days: 30 })
  await sayYes(page, 'Break the glass')
  await page.getByText('Permitted: open the records now').waitFor()
  await page.getByLabel('Patient', { exact: true }).fill('a'.repeat(32))
  t.match(await sayYes(page, 'Open'), patient.patientId, 'whose record it is, whatever stands in the field meanwhile')
  await page.frameLocator('iframe').getByText(TEXT).waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('link', { name: 'Emergencies' }).click()
  await page.getByText('Danger to life').waitFor()
  await page.getByText('Not reviewed yet').waitFor()
  t.strictSame(await axe(page), [])
  await sayYes(page, 'End it now')
  await page.getByText('To be reviewed', { exact: true }).waitFor()
})

t.test('every page fits 320 px, in Arabic from right to left, dark and light', async (t) => {
  const former = page.viewportSize()
  await page.getByLabel('Language').selectOption('ar')
  await page.setViewportSize({ width: 320, height: 800 })
  const paths = ['/patients', `/patients/${patient.patientId}`, '/find', '/write', '/emergencies', '/emergencies/new', '/own', '/staff']
  for (const [at, path] of paths.entries()) {
    await page.emulateMedia({ colorScheme: at % 2 === 0 ? 'dark' : 'light' })
    await page.evaluate((to) => { history.pushState(null, '', to) }, path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText('جارٍ سؤال المستشفيات').first().waitFor({ state: 'detached' })
    t.strictSame(await axe(page), [], path)
    t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path}: no scrolling to the side`)
  }
  await takePicture(page, 'practitioner-arabic')
  await page.getByRole('banner').getByRole('combobox').first().selectOption('en')
  if (former !== null) await page.setViewportSize(former)
  await page.evaluate(() => { history.pushState(null, '', '/own') })
  await page.getByText('Signed in as Dora Desk').waitFor()
})

t.test('whoever unlocks their keys is signed in still, and not when the hospital ended it', async (t) => {
  await page.getByRole('button', { name: 'Lock' }).click()
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('Signed in as Dora Desk').waitFor()
  await provider.people.setDisabled(DOCTOR.subject, true)
  const link = page.getByRole('link', { name: /^Sign in at/ })
  for (let tries = 0; await link.count() === 0 && tries < 60; tries += 1) {
    await page.evaluate((path) => { history.pushState(null, '', path) }, tries % 2 === 0 ? '/staff' : '/own')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await link.waitFor({ timeout: 1_000 }).catch(() => undefined)
  }
  await linkShown()
  await provider.people.setDisabled(DOCTOR.subject, false)
  await signInAs(page, DOCTOR)
  await page.getByText('Signed in as Dora Desk').waitFor()
})

t.test('no phrase, key, pass-phrase, plaintext or search is in what the pages of a practitioner sent', async (t) => {
  const sent = await traffic.bytes()
  t.ok(sent.includes(patient.patientId), 'where what is public is found')
  const texts = { TEXT, PASSPHRASE, letter: 'a letter', search: 'penicillin' }
  const needles = [...keyNeedles('doctor', phrase), ...Object.entries(texts).map(([name, text]) => textNeedle(name, text))]
  t.strictSame(searchBytes(sent, needles), [])
})

t.test('no token or password is stored in the open, and none went anywhere but to the hospital', async (t) => {
  const stored = await storedBy(page)
  t.ok(stored.length > 1000, 'the sealed sign-in is among what is stored')
  for (const secret of ['eyJ', 'refresh', 'dr-desk', 'Dora', DOCTOR.password]) t.notMatch(stored, secret)
  const own = ['null', portal.origin, provider.issuer, `http://127.0.0.1:${new URL(portal.origin).port}`]
  t.strictSame([...new Set(traffic.urls.map((url) => new URL(url).origin))].filter((origin) => !own.includes(origin)), [])
})
