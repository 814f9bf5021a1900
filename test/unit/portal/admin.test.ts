import { randomBytes } from 'node:crypto'
import type { HospitalState } from '@epione/protocol/api'
import { hashOfDocument, POLICY_1, policyHash } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'
import t from 'tap'
import type {} from '../../../gateway/src/store/store-plugin.ts'
import { keepAnchorStatus } from '../../../gateway/src/anchors/status.ts'
import { createAnchorStatus } from '../../helpers/anchor-service.ts'
import { axe, launchChromium, takePicture } from '../../helpers/chromium.ts'
import { adminKeyPem, adminSecret, nextDocument, signProposal } from '../../helpers/founding.ts'
import { showCertificates } from '../../helpers/gateway.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { watchErrors } from '../../helpers/portal-patient.ts'
import { openStaffed, signInAs } from '../../helpers/portal-staff.ts'
import { until } from '../../helpers/sharing.ts'

/* Whoever looks after a hospital's part of the network, in real Chromium before real gateways. */

const ADMIN = { subject: 'network-admin', password: 'a horse that is correct', duties: ['network-admin' as const] }
const DESK = { subject: 'desk', password: 'another horse entirely', duties: ['desk' as const] }
const PATHS = ['/network/state', '/network/certificates', '/network/anchoring', '/network/proxies', '/network/versions', '/network/proposals']

const { hospitals } = await openStaffed(t, [ADMIN, DESK])
const { core, regional1, regional2 } = hospitals
showCertificates(core.gateway)
const { document: founded } = hospitals.consortium.network
const POLICY_2: PolicyDocument = {
  ...POLICY_1,
  version: 2,
  rules: [...POLICY_1.rules, { id: 'physicians-operate', effect: 'permit', roles: ['physician'], actions: ['read'], purposes: ['HOPERAT'] }],
  emergency: { ...POLICY_1.emergency, boxHours: 3 }
}
const second = nextDocument(founded, { policyHash: policyHash(POLICY_2), settings: { ...founded.settings, permitSeconds: 30 } })
const proposed = await core.gateway.app.inject({ method: 'POST', url: '/v1/network/proposals', payload: { statement: signProposal(second, adminSecret('Regional1MSP')), policy: POLICY_2 } })
t.equal(proposed.statusCode, 201)

const portal = await startPortal(t, hospitals)
const browser = await launchChromium(t)
const { context, page, traffic } = await visit(t, browser, portal, { viewport: { width: 1100, height: 800 } })
const errors = watchErrors(page)

t.afterEach(() => {
  for (const { front } of hospitals.all) Object.assign(front, { lies: [], instead: undefined })
  t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown')
})

interface KeyFile { name: string, mimeType: string, buffer: Buffer }

/** The key file of a hospital's admin, or of a stranger. */
function keyFile (mspId?: string): KeyFile {
  return { name: 'key.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(adminKeyPem(mspId === undefined ? randomBytes(32) : adminSecret(mspId))) }
}

async function go (path: string): Promise<void> {
  await page.evaluate((to) => { history.pushState(null, '', to) }, path)
}

t.test('whoever signs in with the duty is led to the state, and nothing of it is shown before', async (t) => {
  await go('/network')
  await page.getByRole('link', { name: /^Sign in at/ }).waitFor()
  t.equal(await page.getByRole('table').count(), 0)
  await signInAs(page, ADMIN)
  await page.getByRole('row').nth(3).waitFor()
  await page.getByText('Ready', { exact: true }).nth(2).waitFor()
  t.equal(await page.getByText('Ready', { exact: true }).count(), 3, 'each hospital by its own word')
  t.strictSame(await axe(page), [])
  await takePicture(page, 'admin-state')
})

t.test('a hospital that says nothing is named as silent, one that is not ready says why, and what cannot be read is said', async (t) => {
  regional2.front.instead = (_method, path) => path === '/health/ready' ? { status: 502, body: { status: 502, code: 'UNAVAILABLE', detail: 'away' } } : undefined
  regional1.front.lies = [({ path }) => path === '/health/ready' ? { status: 503, body: { status: 'not-ready', checks: { clock: 'failing', store: 'ok' } } } : undefined]
  core.front.lies = [({ path, body }) => {
    if (path !== '/v1/state') return undefined
    const { hospitals: heard = [], ledger: _, ...state } = body as HospitalState
    return { ...state, unread: ['ledger'], hospitals: heard.map((one) => one.mspId === 'Regional2MSP' ? { ...one, silent: true, heardAt: 1_790_000_000_000, blockNumber: 3 } : { ...one, blockNumber: 7, clockOffsetMs: 1_500 }) }
  }]
  await page.getByRole('button', { name: 'Ask again' }).click()
  const row = (mspId: string): ReturnType<typeof page.getByRole> => page.getByRole('row').filter({ hasText: mspId })
  await row('Regional2MSP').getByText('No answer').waitFor()
  await row('Regional2MSP').getByText('Silent').waitFor()
  t.match(await row('Regional2MSP').innerText(), /last heard/)
  t.match(await row('Regional1MSP').innerText(), /Not ready[\s\S]*clock[\s\S]*7[\s\S]*1.5 s/)
  t.match(await page.getByRole('alert').innerText(), /the own peer/)
  t.strictSame(await axe(page), [])
})

t.test('a hospital that takes its time keeps nobody from the rest', async (t) => {
  let answer: (() => void) | undefined
  const held = new Promise<void>((resolve) => { answer = resolve })
  await page.route(/\/gateways\/[^/]+\/health\/ready$/, async (route) => {
    await held
    await route.continue()
  })
  await go('/network/certificates')
  await page.getByRole('row').nth(1).waitFor()
  await go('/network/state')
  await page.getByRole('row').nth(3).waitFor()
  t.ok(await page.getByText('Asking the hospitals').count() > 0, 'it says what it waits for')
  answer?.()
  await page.getByText('Ready', { exact: true }).nth(2).waitFor()
  await page.unroute(/\/gateways\/[^/]+\/health\/ready$/)
})

t.test('certificates are listed by when they end, and those that end soon are marked', async (t) => {
  core.front.lies = [({ path, body }) => {
    if (path !== '/v1/state') return undefined
    const state = body as HospitalState
    const left = new Map([['tls', 12.5], ['gateway', -1], ['registrar', 400.5]])
    const endOf = (name: string): number => state.time + (left.get(name) ?? 4_000) * 86_400_000
    return { ...state, certificates: state.certificates?.map((one) => ({ ...one, notAfter: endOf(one.certificate) })) }
  }]
  await go('/network/certificates')
  await page.getByRole('row').nth(6).waitFor()
  const rows = await page.getByRole('row').allInnerTexts()
  t.match(rows[1], /Gateway at the ledger[\s\S]*Ended/)
  t.match(rows[2], /TLS of the gateway[\s\S]*12 days/)
  t.match(rows[3], /Registrar[\s\S]*400 days/)
  t.equal(await page.locator('.badge.deny').count(), 2)
  t.strictSame(await axe(page), [])
})

t.test('anchoring is what the own anchor service told, its alarms are said, and an old word is called old', async (t) => {
  await go('/network/anchoring')
  await page.getByText('has told nothing yet').waitFor()
  await keepAnchorStatus(core.gateway.app.store.db, createAnchorStatus({ alarms: ['submission_waits'], lagBlocks: 1_234 }), Date.now())
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByText('A signed batch waits').waitFor()
  const text = await page.getByRole('main').innerText()
  for (const said of ['goerli (5)', `0x${'a'.repeat(40)}`, '1,234', '1.5 ETH', '0.02 ETH']) t.match(text, said)
  t.strictSame(await axe(page), [])
  await takePicture(page, 'admin-anchoring')
  core.front.lies = [({ path, body }) => path === '/v1/state' ? { ...body as object, time: (body as HospitalState).time + 3_600_000 } : undefined]
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByText('has said nothing since').waitFor()
})

t.test('convicted proxies are named with their reason, as two hospitals show them', async (t) => {
  await go('/network/proxies')
  await page.getByText('No proxy is convicted').waitFor()
  const conviction = { eventId: `${'a'.repeat(32)}.1790000000000.${'b'.repeat(64)}`, eventTime: 1_790_000_000_000, failure: 'CFRAG_PROOF_INVALID', txId: 'c'.repeat(64), time: 1_790_000_001_000 }
  for (const { front } of hospitals.all) {
    front.lies = [({ path, body }) => path === '/v1/organizations'
      ? { items: (body as { items: Array<{ mspId: string }> }).items.map((one) => one.mspId === 'Regional2MSP' ? { ...one, conviction } : one) }
      : undefined]
  }
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByText('CFRAG_PROOF_INVALID').waitFor()
  t.match(await page.getByRole('row').nth(1).innerText(), /Regional2MSP/)
  t.strictSame(await axe(page), [])
})

t.test('the founding is a version, and a proposal shows what would change by it', async (t) => {
  await go('/network/versions')
  await page.getByText('The hospitals founded the network with it').waitFor()
  t.strictSame(await axe(page), [])
  await go('/network/proposals')
  await page.getByText('2 more hospitals are needed').waitFor()
  const text = await page.getByRole('main').innerText()
  for (const said of [hashOfDocument(second), policyHash(POLICY_2), 'Running the hospital', 'settings.permitSeconds', 'boxHours', `epione policy approve ${hashOfDocument(second)}`]) t.match(text, said)
  t.strictSame(await axe(page), [])
  await takePicture(page, 'admin-proposal')
})

t.test('no other key than an admin\'s approves, and nothing is signed before the yes', async (t) => {
  const choose = async (file: KeyFile): Promise<void> => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose the key file' }).click()])
    await chooser.setFiles(file)
    await page.getByRole('button', { name: /^Approve: / }).click()
  }
  await choose({ ...keyFile(), buffer: Buffer.from('no key') })
  await page.getByRole('alert').waitFor()
  t.match(await page.getByRole('alert').textContent(), /PEM/)
  await choose(keyFile())
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('alertdialog').getByRole('alert').waitFor()
  t.match(await page.getByRole('alertdialog').getByRole('alert').textContent(), /admin key/)
  await page.getByRole('button', { name: 'Close' }).click()
  await choose(keyFile('CoreMSP'))
  const dialog = page.getByRole('alertdialog')
  await dialog.waitFor()
  t.match(await dialog.innerText(), hashOfDocument(second), 'the dialog names the very document')
  t.strictSame(await axe(page), [])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  const { items: [pending] } = (await core.gateway.app.inject('/v1/network/proposals')).json<{ items: Array<{ approvals: unknown[] }> }>()
  t.equal(pending?.approvals.length, 0, 'a no signs nothing')
})

t.test('by keyboard alone a version is approved and comes into force, and no key left the worker', async (t) => {
  const approve = async (): Promise<void> => {
    await page.getByRole('button', { name: /^Approve: / }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
  }
  await approve()
  await page.getByText('Your hospital’s approval is on the ledger').waitFor()
  await page.getByText('1 more hospital is needed').first().waitFor()
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose the key file' }).press('Enter')])
  await chooser.setFiles(keyFile('Regional1MSP'))
  await approve()
  await page.getByText('Nothing is proposed').waitFor()
  await until(async () => (await core.gateway.app.inject('/v1/network/versions/2')).statusCode === 200)
  const secrets = ['CoreMSP', 'Regional1MSP'].map((mspId) => keyFile(mspId).buffer.toString().split('\n')[1] ?? '')
  const kept = await page.evaluate(() => JSON.stringify(
    [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href]
  ))
  const sent = Buffer.concat(hospitals.all.flatMap(({ front }) => front.received)).toString('latin1')
  for (const secret of secrets) for (const place of [kept, sent, traffic.urls.join(' ')]) t.notMatch(place, secret)
  for (const mspId of ['CoreMSP', 'Regional1MSP']) {
    const secret = Buffer.from(adminSecret(mspId))
    for (const form of ['hex', 'base64', 'base64url'] as const) t.notMatch(sent, secret.toString(form))
    t.notMatch(sent, secret.toString('latin1'))
  }
})

t.test('a copy that a hospital serves asks for no key, and somebody without the duty is told', async (t) => {
  const { networkId } = hospitals.consortium.network
  const gateways = hospitals.all.map(({ info: { mspId, id, name, url } }) => ({ mspId, id, name, url }))
  const served = await startPortal(t, hospitals, { config: { edition: 'served', network: { networkId, networkName: 'memory', document: founded, gateways } } })
  const other = await visit(t, browser, served)
  await other.page.evaluate(() => { history.pushState(null, '', '/network/proposals') })
  await other.page.getByRole('heading', { name: 'Sign in at your hospital' }).waitFor()
  t.equal(await other.page.locator('input[type=file]').count(), 0)
  await other.context.close()
  const desk = await visit(t, browser, portal)
  await desk.page.evaluate(() => { history.pushState(null, '', '/network') })
  await desk.page.getByRole('link', { name: /^Sign in at/ }).waitFor()
  await signInAs(desk.page, DESK)
  await desk.page.getByText('Your duties do not include this page').waitFor()
  t.equal(await desk.page.getByRole('table').count(), 0)
  await desk.context.close()
})

t.test('every page fits 320 px, in Arabic from right to left, dark and light', async (t) => {
  await page.getByLabel('Language').selectOption('ar')
  await page.setViewportSize({ width: 320, height: 800 })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    // Each page was looked at in light before.
    for (const path of colorScheme === 'dark' ? PATHS : PATHS.slice(0, 1)) {
      await go(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByText('جارٍ سؤال المستشفيات').first().waitFor({ state: 'detached' })
      t.strictSame(await axe(page), [], `${path} ${colorScheme}`)
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path}: no scrolling to the side`)
    }
    await takePicture(page, `admin-arabic-${colorScheme}`)
  }
  await context.close()
})
