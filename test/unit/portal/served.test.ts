import { join } from 'node:path'
import { SecretKey } from '@epione/crypto'
import { CATEGORY_NAMES, DELEGATE_POWERS } from '@epione/protocol'
import type { DelegatePower } from '@epione/protocol'
import { readSite } from '@epione/portal-service'
import { addDelegate, endDelegate, listConsents, listDelegates, readSafety, requestAccess, unfreezePatient } from '@epione/sdk'
import type { Page } from 'playwright-core'
import t from 'tap'
import { axe, launchChromium, takePicture, TestAuthenticator, Traffic } from '../../helpers/chromium.ts'
import { grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { PASSPHRASE, restorePatient, sayYes, watchErrors } from '../../helpers/portal-patient.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { openStaffed, signInAs } from '../../helpers/portal-staff.ts'
import { searchBytes, textNeedle } from '../../helpers/search.ts'
import { keyNeedles } from '../../helpers/secret-needles.ts'

/* The copy that a gateway serves, in real Chromium; beside it the patient's own, which names its key. */

const AUDITOR = { subject: 'auditor-wide', password: 'a horse that is correct', duties: ['auditor' as const, 'clinician' as const] }
const DAY_MS = 24 * 3_600_000
let ahead = 0
const clock = (): number => Date.now() + ahead
const site = await readSite(join(import.meta.dirname, '..', '..', '..', 'portal', 'dist'))
const { hospitals, provider } = await openStaffed(t, [AUDITOR], {}, { direct: true, pages: site, clock })
const { core, regional1 } = hospitals
const [patient, author, reader] = [await hospitals.patient(), await hospitals.physician(core), await hospitals.physician(regional1)]
const TEXT = 'allergic to penicillin'
const wanted = { patientId: patient.patientId, records: [{ recordId: await writeRecord(author, patient, TEXT) }], purpose: 'TREAT' }
await t.rejects(requestAccess(reader, wanted), { code: 'ACCESS_DENIED' })
const { consentId } = await grantTo(reader, patient)
const { eventId } = await requestAccess(reader, wanted)
const origin = core.info.url
const browser = await launchChromium(t)
const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1000, height: 800 } })
t.teardown(async () => { await context.close() })
const traffic = new Traffic(context)
const page = await context.newPage()
const errors = watchErrors(page)

t.afterEach(() => { t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown') })

const heading = async (of: Page, name: string): Promise<void> => { await of.getByRole('heading', { level: 1, name }).waitFor() }

/** Makes a key at the hospital's copy; returns what it shows of it. */
async function makeKey (of: Page, id = patient.patientId): Promise<string> {
  await of.getByRole('link', { name: 'Make a limited key' }).click()
  await of.getByLabel('Patient number').fill(id)
  await of.getByRole('button', { name: 'Make the key' }).click()
  await of.getByText('Not named yet').waitFor()
  return await of.locator('code.key').innerText()
}

/** Names the key that a page shows, as the patient's own copy does, and has the page look. */
async function nameKey (of: Page, key: string, powers: readonly DelegatePower[] = DELEGATE_POWERS): Promise<string> {
  const { delegateId } = await addDelegate(patient, { key, powers, notAfter: clock() + DAY_MS })
  await of.getByRole('button', { name: 'I have named it' }).click()
  await of.getByText('In force').waitFor()
  return delegateId
}

t.test('the hospital\'s copy asks for no phrase, pass-phrase or key, by whichever address', async (t) => {
  for (const path of ['/start/new', '/start/restore', '/staff/new', '/staff/restore', '/consents']) {
    await page.goto(`${origin}${path}`)
    await page.getByText('This copy comes from a hospital').waitFor()
    t.equal(await page.getByRole('textbox').count(), 0, path)
    t.equal(await page.locator('input[type=password]').count(), 0, path)
  }
  await page.goto(origin)
  await page.getByRole('link', { name: 'Make a limited key' }).waitFor()
  t.strictSame(await page.getByRole('listitem').getByRole('link').allInnerTexts(), ['Make a limited key', 'Sign in as hospital staff', 'Verify a proof'])
  t.strictSame(await axe(page), [])
  await takePicture(page, 'served-start')
})

t.test('an auditor signs in there at the hospital\'s own page and reads the log; no way leads to keys', async (t) => {
  await page.getByRole('link', { name: 'Sign in as hospital staff' }).click()
  const address = new URL(await page.getByRole('link', { name: /^Sign in at/ }).getAttribute('href') ?? '')
  t.match(Object.fromEntries(address.searchParams), { client_id: 'epione-pages', redirect_uri: `${origin}/signed-in`, code_challenge_method: 'S256' })
  t.equal(await signInAs(page, AUDITOR), 'You are signed in')
  await page.getByText(`Signed in as ${AUDITOR.subject}`).waitFor()
  t.strictSame(await page.locator('main').getByRole('listitem').getByRole('link').allInnerTexts(), ['Access log'], 'the keys of a clinician belong elsewhere')
  await page.getByRole('link', { name: 'Access log' }).click()
  await page.locator('table.log tbody tr').nth(1).waitFor()
  await page.goto(`${origin}/audit/events/${eventId}`)
  t.ok(await page.getByRole('link', { name: /^Sign in at/ }).waitFor().then(() => true), 'a reload ends the sign-in of who has no keys')
  t.ok(traffic.urls.some((url) => url.startsWith(`${provider.issuer}/token`)), 'the provider was asked itself')
})

t.test('it makes a key, which the patient\'s own copy names after comparing, and ends', async (t) => {
  await page.goto(origin)
  await page.getByRole('link', { name: 'Make a limited key' }).click()
  await page.getByLabel('Patient number').fill('nobody')
  await page.getByRole('button', { name: 'Make the key' }).click()
  await page.getByText('This is no patient number').waitFor()
  t.strictSame(await axe(page), [])
  await page.goto(origin)
  const key = await makeKey(page)
  t.match(key, /^0[23][0-9a-f]{64}$/)
  t.strictSame(await axe(page), [])
  await takePicture(page, 'limited-key-waits')
  await page.getByRole('link', { name: 'Who looked' }).click()
  await page.getByRole('alert').filter({ hasText: 'There is no such thing' }).waitFor()
  await page.getByRole('link', { name: 'This key' }).click()

  const own = await visit(t, browser, await startPortal(t, hospitals))
  const faults = watchErrors(own.page)
  await restorePatient(own.page, patient.phrase)
  await own.page.getByRole('link', { name: 'Protection' }).click()
  await own.page.getByRole('link', { name: 'Name a limited key' }).click()
  await heading(own.page, 'Limited keys')
  await own.page.getByText('You named none.').waitFor()
  await own.page.getByLabel('Key', { exact: true }).fill('not a key')
  await own.page.getByRole('button', { name: 'Name the key' }).click()
  await own.page.getByRole('alert').waitFor()
  await own.page.getByLabel('Key', { exact: true }).fill(` ${key.slice(0, 33)} ${key.slice(33)}\n`)
  const shown = await sayYes(own.page, 'Name the key')
  const fingerprint = SecretKey.random().publicKey().fingerprint().length
  const [said = ''] = /(?:[0-9a-f]{4}-){5}[0-9a-f]{4}/.exec(shown) ?? []
  t.equal(said.length, fingerprint)
  t.match(await page.locator('main').innerText(), said, 'both pages show the same fingerprint')
  await own.page.getByText('In force').waitFor()
  t.strictSame(await axe(own.page), [])
  await takePicture(own.page, 'limited-keys')
  t.match(await listDelegates(patient), [{ key, powers: DELEGATE_POWERS, state: 'in force' }])

  await page.getByRole('button', { name: 'I have named it' }).click()
  await page.getByText('In force').waitFor()
  await page.getByRole('link', { name: 'Who looked' }).click()
  await page.locator('table.log tbody tr').nth(1).waitFor()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'limited-key-looks')
  await page.locator('table.log tbody tr').first().getByRole('link').click()
  await page.getByText('Permitted').or(page.locator('main div p').first()).first().waitFor()

  await sayYes(own.page, 'End the key')
  await own.page.getByText('Ended').waitFor()
  t.strictSame(faults, [])
  await page.getByRole('link', { name: 'Who looked' }).click()
  await page.getByRole('alert').waitFor()
  t.match(await page.getByRole('alert').textContent(), /DELEGATE_ENDED|counts no more/, 'an ended key sees nothing')
  t.equal(await page.locator('table.log').count(), 0)
  await page.getByRole('link', { name: 'This key' }).click()
  await page.getByText('Ended').waitFor()
  t.equal(await page.getByRole('button', { name: 'Freeze everything' }).count(), 0)
  await page.getByRole('button', { name: 'Take the key out' }).click()
  await page.getByText('This copy comes from a hospital').waitFor()
})

t.test('it revokes and freezes, which chaincode and proxies take; a freeze closes the log to it, and it ends itself', async (t) => {
  const key = await makeKey(page)
  await nameKey(page, key)
  await page.getByRole('link', { name: 'Consents' }).click()
  const button = page.getByRole('button', { name: /^Revoke/ })
  await button.waitFor()
  t.strictSame(await axe(page), [])
  t.equal(await page.getByRole('link', { name: 'Give a consent' }).count(), 0)
  await button.click()
  await button.waitFor({ state: 'detached' })
  t.match(await listConsents(patient), [{ consentId, status: 'revoked' }])
  await t.rejects(requestAccess(reader, wanted), { code: 'ACCESS_DENIED' })
  await page.getByRole('link', { name: 'This key' }).click()
  await sayYes(page, 'Freeze everything')
  await page.getByText('Everything is frozen').waitFor()
  t.not((await readSafety(patient, patient.patientId)).freeze, undefined)
  await page.getByRole('link', { name: 'Who looked' }).click()
  t.match(await page.getByRole('alert').textContent(), 'PATIENT_FROZEN')
  await unfreezePatient(patient)
  await page.getByRole('link', { name: 'This key' }).click()
  await sayYes(page, 'End this key')
  await page.getByText('Ended').waitFor()
  t.match((await listDelegates(patient)).find((one) => one.key === key), { state: 'ended' })
  await page.getByRole('button', { name: 'Take the key out' }).click()
})

t.test('what a key has no power for is refused, and so is one that is over', async (t) => {
  const key = await makeKey(page)
  const delegateId = await nameKey(page, key, ['revoke'])
  t.equal(await page.getByRole('button', { name: 'Freeze everything' }).count(), 0)
  await page.getByRole('link', { name: 'Who looked' }).click()
  t.match(await page.getByRole('alert').textContent(), 'NOT_PERMITTED')
  await endDelegate(patient, delegateId)
  await page.getByRole('link', { name: 'This key' }).click()
  await page.getByRole('button', { name: 'Take the key out' }).click()
  await page.getByText('This copy comes from a hospital').waitFor()

  const { key: second, powers } = { key: await makeKey(page), powers: DELEGATE_POWERS }
  await addDelegate(patient, { key: second, powers, notAfter: clock() + 25_000 })
  await page.getByRole('button', { name: 'I have named it' }).click()
  await page.getByText(/In force|Over/).waitFor()
  // Sessions of a browser that has the right time still count.
  ahead = 30_000
  await page.getByRole('link', { name: 'Who looked' }).click()
  await page.getByRole('alert').waitFor()
  t.match(await page.getByRole('alert').textContent(), /DELEGATE_ENDED/)
  ahead = 0
  await page.getByRole('link', { name: 'This key' }).click()
  await page.getByRole('button', { name: 'Take the key out' }).click()
})

t.test('the key never leaves the browser, and lies in it sealed under a key that no script reads; with an authenticator also under that', async (t) => {
  const authenticator = await TestAuthenticator.add(page)
  await page.getByRole('link', { name: 'Make a limited key' }).click()
  await page.getByLabel('Patient number').fill(patient.patientId)
  await page.getByText('Also ask a security key').click()
  await page.getByRole('button', { name: 'Make the key' }).click()
  await page.getByText('Not named yet').waitFor()
  interface Kept { extractable: boolean, size: number, second: boolean, exported: string }
  const kept = await page.evaluate(async () => await new Promise<Kept>((resolve, reject) => {
    const opening = indexedDB.open('epione')
    opening.onerror = () => { reject(new Error('no store')) }
    opening.onsuccess = () => {
      const reading = opening.result.transaction('profile').objectStore('profile').get('limited')
      reading.onsuccess = () => {
        const { lock, sealed, second } = reading.result as { lock: CryptoKey, sealed: Uint8Array, second?: object }
        crypto.subtle.exportKey('raw', lock).then(() => 'read out', (error: unknown) => (error as DOMException).name).then((exported) => {
          resolve({ extractable: lock.extractable, size: sealed.length, second: second !== undefined, exported })
        }, reject)
      }
    }
  }))
  t.strictSame(kept, { extractable: false, size: 32 + 2 * 28, second: true, exported: 'InvalidAccessError' })
  await page.reload()
  await page.getByRole('heading', { name: 'Your limited key is closed' }).waitFor()
  t.strictSame(await axe(page), [])
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByText('Not named yet').waitFor()
  await page.getByRole('button', { name: 'Lock' }).click()
  await authenticator.setRecognised(false)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByText('did not answer').waitFor()
  t.equal(await page.getByText('Not named yet').count(), 0)
})

t.test('no phrase, key, pass-phrase or plaintext is in what the hospital\'s copy sent, and no other origin was asked', async (t) => {
  const needles = [...keyNeedles('patient', patient.phrase, CATEGORY_NAMES), textNeedle('pass-phrase', PASSPHRASE), textNeedle('record', TEXT)]
  const sent = await traffic.bytes()
  t.ok(sent.includes(patient.patientId), 'where what is public is found')
  t.strictSame(searchBytes(sent, needles), [])
  const own = ['null', origin, provider.issuer]
  t.strictSame([...new Set(traffic.urls.map((url) => new URL(url).origin))].filter((one) => !own.includes(one)), [])
})
