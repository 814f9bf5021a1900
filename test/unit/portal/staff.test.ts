import { generatePhrase } from '@epione/crypto'
import t from 'tap'
import { axe, launchChromium, takePicture } from '../../helpers/chromium.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { PASSPHRASE, sayYes, watchErrors } from '../../helpers/portal-patient.ts'
import { openStaffed, signInAs } from '../../helpers/portal-staff.ts'

/* Staff sign in at a real provider, each in a tab of its own. */

t.setTimeout(600_000)
const DOCTOR = { subject: 'dr-desk', password: 'a horse that is correct', duties: ['clinician' as const], name: 'Dora Desk' }
const CLERK = { subject: 'clerk', password: 'another horse entirely', duties: ['desk' as const] }
// Tokens end while the test runs, and are exchanged.
const { hospitals, provider } = await openStaffed(t, [DOCTOR, CLERK], { ACCESS_TOKEN_SECONDS: '20' })
await hospitals.core.gateway.enrol(DOCTOR.subject, 'physician', { department: 'cardiology' })
const portal = await startPortal(t, hospitals)
const browser = await launchChromium(t)
const { context, page, traffic } = await visit(t, browser, portal, { viewport: { width: 1000, height: 800 } })
page.setDefaultTimeout(45_000)
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
  for (const answer of [{ code: 'x', iss: 'https://thief.invalid' }, { code: 'x' }, { code: 'x', iss: `${provider.issuer}/` }]) {
    const address = await linkShown()
    await beginOnly()
    t.equal(await leadBack({ ...answer, state: state(address) }), 'You were not signed in')
    await page.getByRole('alert').filter({ hasText: 'not from the sign-in of your hospital' }).waitFor()
    t.strictSame(await axe(page), [])
    t.equal(await leadBack({ ...answer, state: state(address) }), 'Nothing here waits for this sign-in', 'an answer counts once')
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
  await page.getByRole('button', { name: 'Sign out' }).click()
  await linkShown()
})

t.test('a practitioner brings keys to the workstation and binds them', async (t) => {
  t.equal(await signInAs(page, DOCTOR), 'You are signed in')
  await page.getByText('Signed in as Dora Desk').waitFor()
  await page.getByRole('link', { name: 'Bring your keys' }).click()
  await page.getByLabel('Your phrase').fill(generatePhrase())
  await page.getByLabel('New pass-phrase').fill(PASSPHRASE)
  await page.getByLabel('The same once more').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByText('not bound to you yet').waitFor()
  t.strictSame(await axe(page), [])
  t.match(await sayYes(page, 'Bind the keys to me'), await page.locator('.fingerprint').innerText())
  await page.getByText('bound to you on the ledger').waitFor()
  await takePicture(page, 'practitioner-keys')
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

t.test('no token or password is stored in the open, and none went anywhere but to the hospital', async (t) => {
  const stored = await page.evaluate(async () => JSON.stringify([
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open('epione')
      opening.onerror = () => { reject(new Error('no store')) }
      opening.onsuccess = () => {
        const reading = opening.result.transaction('profile').objectStore('profile').getAll()
        reading.onsuccess = () => { resolve(reading.result.map((value: unknown) => value instanceof Uint8Array ? String.fromCharCode(...value) : value)) }
      }
    }), { ...localStorage }, { ...sessionStorage }, document.cookie, location.href]))
  t.ok(stored.length > 1000, 'the sealed sign-in is among what is stored')
  for (const secret of ['eyJ', 'refresh', 'dr-desk', 'Dora', DOCTOR.password]) t.notMatch(stored, secret)
  const foreign = [...new Set(traffic.urls.map((url) => new URL(url).origin))].filter((origin) => !['null', portal.origin, provider.issuer, `http://127.0.0.1:${new URL(portal.origin).port}`].includes(origin))
  t.strictSame(foreign, [])
})
