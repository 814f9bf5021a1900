import t from 'tap'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../helpers/chromium.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { PASSPHRASE } from '../../helpers/portal-patient.ts'

const hospitals = await Hospitals.open(t)
const [patient, author] = [await hospitals.patient(), await hospitals.physician(hospitals.core)]
const [first, second] = [await writeRecord(author, patient, 'of the first record'), await writeRecord(author, patient, 'of the second record')]
const portal = await startPortal(t, hospitals)
const browser = await launchChromium(t)
const { context, page } = await visit(t, browser, portal)
const other = await context.newPage()
await other.goto(portal.origin)

async function fillPhrase (tab: Page): Promise<void> {
  await tab.getByRole('link', { name: 'Restore from your phrase' }).click()
  await tab.getByLabel('Your phrase').fill(patient.phrase)
  await tab.getByLabel('New pass-phrase').fill(PASSPHRASE)
  await tab.getByLabel('The same once more').fill(PASSPHRASE)
}

async function unlock (tab: Page): Promise<void> {
  await tab.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await tab.getByRole('button', { name: 'Unlock' }).click()
  await tab.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Unlock' }).waitFor()
}

t.test('of two tabs that keep keys at once, one does and nothing is written over', async (t) => {
  await Promise.all([fillPhrase(page), fillPhrase(other)])
  await Promise.all([page, other].map(async (tab) => { await tab.getByRole('button', { name: 'Restore' }).click() }))
  const outcomes = await Promise.all([page, other].map(async (tab) => {
    const kept = tab.getByRole('heading', { name: 'Timeline' })
    await kept.or(tab.getByRole('alert').filter({ hasText: 'There are keys on this machine already' })).first().waitFor()
    return await kept.isVisible()
  }))
  t.strictSame(outcomes.toSorted(), [false, true])
  for (const tab of [page, other]) {
    await tab.reload()
    await unlock(tab)
  }
})

t.test('the content of one record never stands under the address of another', async (t) => {
  const goTo = async (path: string): Promise<void> => { await page.evaluate((to) => { history.pushState(null, '', to) }, path) }
  await goTo(`/records/${first}/1`)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Open' }).click()
  await page.frameLocator('iframe').getByText('of the first record').waitFor()
  await goTo(`/records/${second}/1`)
  await page.getByText(second).waitFor()
  t.equal(await page.locator('iframe').count(), 0)
  t.equal(await page.getByText(first).count(), 0)
})

t.test('who locks while a hospital is asked is told of news again, and may leave the page unasked', async (t) => {
  await context.route('**/gateways/**', () => undefined)
  await page.getByRole('link', { name: 'Consents' }).click()
  await page.getByText('Asking the hospitals').first().waitFor()
  await page.getByRole('button', { name: 'Lock' }).click()
  await page.getByRole('button', { name: 'Unlock' }).waitFor()
  await context.unroute('**/gateways/**')
  const told = page.waitForRequest(/notices/)
  await unlock(page)
  await told
  t.pass('news are asked for')
})

t.test('who locks one tab locks all, and so does who removes the keys', async (t) => {
  await page.getByRole('button', { name: 'Lock' }).click()
  await other.getByRole('button', { name: 'Unlock' }).waitFor()
  t.pass('locked there')
  await unlock(other)
  await page.getByRole('button', { name: 'Remove the keys from this machine' }).click()
  await page.getByLabel('Pass-phrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await Promise.all([page, other].map(async (tab) => { await tab.getByRole('link', { name: 'Restore from your phrase' }).waitFor() }))
})
