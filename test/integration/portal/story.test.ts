import { generatePhrase } from '@epione/crypto'
import { blockLeafHash } from '@epione/ledger/blocks'
import { encodeAnchorCall } from '@epione/ledger/contract'
import type { Batch } from '@epione/ledger/contract'
import { parseEventId } from '@epione/protocol'
import { listConsents, makeCard } from '@epione/sdk'
import type { Page } from 'playwright-core'
import t from 'tap'
import { storeBatch } from '../../../gateway/src/anchors/batches.ts'
import { addressesOf, deployAnchor, makeWitnesses, rootOf, signBatch } from '../../helpers/anchor.ts'
import { createBatch } from '../../helpers/anchor-service.ts'
import { startAnvil } from '../../helpers/anvil.ts'
import { axe, launchChromium } from '../../helpers/chromium.ts'
import { press, settled, walkByTab } from '../../helpers/keyboard.ts'
import { startPortal, visit } from '../../helpers/portal.ts'
import { watchErrors } from '../../helpers/portal-patient.ts'
import { openStaffed } from '../../helpers/portal-staff.ts'
import { playStory } from '../../helpers/portal-story.ts'
import { WalletDouble } from '../../helpers/wallet-double.ts'
import { installWallet } from '../../helpers/wallet-page.ts'

/* Four people and one record, by keyboard alone, before real gateways, a real identity provider and a real chain. */

const DOCTOR = { subject: 'dr-story', password: 'a horse that is correct', duties: ['clinician' as const] }
const AUDITOR = { subject: 'auditor-wide', password: 'another horse entirely', duties: ['auditor' as const] }
const browser = await launchChromium(t)

async function story (): Promise<void> {
  const { hospitals } = await openStaffed(t, [DOCTOR, AUDITOR])
  const { networkId } = hospitals.consortium.network
  await hospitals.core.gateway.enrol(DOCTOR.subject, 'physician', { department: 'cardiology' })
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const witnesses = makeWitnesses(3)
  const anvil = await startAnvil({ args: ['--slots-in-an-epoch', '1'] })
  t.teardown(async () => { await anvil.stop() })
  const domain = await deployAnchor(anvil, witnesses, networkId)
  const portal = await startPortal(t, hospitals, {
    config: {
      edition: 'installed',
      network: {
        networkId,
        networkName: 'memory',
        document: hospitals.consortium.network.document,
        gateways: hospitals.all.map(({ info: { mspId, id, name, url } }) => ({ mspId, id, name, url })),
        anchor: { chainId: domain.chainId, address: domain.contract }
      }
    }
  })
  const errors: string[][] = []
  const bare = (address: string): string => address.slice(2).toLowerCase()

  /** The block of an event is in the second batch, which waits: the first one, of all blocks before, is on the chain. */
  async function batched (eventId: string): Promise<void> {
    const block = await hospitals.consortium.blocks.connect(networkId).blockHolding(parseEventId(eventId)?.txId ?? '')
    if (block === undefined) throw new Error('the event is in a block')
    const earlier: Batch = { number: 1n, firstBlock: 0n, lastBlock: block.number - 1n, root: rootOf('earlier') }
    const signatures = await signBatch(witnesses.slice(0, 2), domain, earlier)
    const data = encodeAnchorCall({ batch: earlier, witnesses: addressesOf(witnesses), signatures })
    const hash = await anvil.client.sendTransaction({ account: anvil.account(0), to: domain.contract, data })
    await anvil.client.waitForTransactionReceipt({ hash })
    const batch = createBatch(2, Number(block.number), [blockLeafHash(block)])
    const said: Batch = { number: 2n, firstBlock: block.number, lastBlock: block.number, root: batch.root }
    const signed = await signBatch(witnesses.slice(0, 2), domain, said)
    for (const { gateway } of hospitals.all) {
      await storeBatch(gateway.app.store.db, {
        ...batch,
        witnesses: addressesOf(witnesses).map(bare),
        signatures: signed.map(({ witness, signature }) => ({ witness: bare(witness), signature })),
        chain: { name: 'local', chainId: domain.chainId, contract: bare(domain.contract) }
      })
    }
  }

  const told = await playStory({
    open: async () => {
      const visited = await visit(t, browser, portal, { viewport: { width: 1000, height: 800 } })
      errors.push(watchErrors(visited.page))
      return visited
    },
    patient: { phrase: patient.phrase, card },
    practitioner: { ...DOCTOR, phrase: generatePhrase(), mspId: 'CoreMSP' },
    auditor: AUDITOR,
    batched,
    wallet: async (context) => { await installWallet(context, new WalletDouble(anvil), { id: '350670db-19fa-4704-a166-e52e178b59d2', name: 'Double' }) }
  })

  t.test('the story of one record was played by keyboard alone, and the ledger has it', async (t) => {
    t.equal(told.steps.length, 13)
    t.equal(errors.length, 3)
    t.strictSame(errors.flat(), [], 'no policy was broken, and nothing was thrown')
    t.match(await listConsents(patient), [{ status: 'revoked' }])
  })

  /** The pages that a menu of somebody leads to, each walked from its top to its end and back. */
  async function walkMenu (page: Page): Promise<Array<{ path: string, stops: number, faults: string[], axe: string[] }>> {
    const names = await page.getByRole('navigation').first().getByRole('link').allInnerTexts()
    const walked = []
    for (const name of names) {
      await press(page, 'link', name)
      await page.locator('nav a[aria-current=page]').getByText(name, { exact: true }).waitFor()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      const { stops, faults } = await walkByTab(page)
      walked.push({ path: new URL(page.url()).pathname, stops: stops.length, faults, axe: await axe(page) })
    }
    return walked
  }

  for (const [role, least] of [['patient', 8], ['practitioner', 5], ['auditor', 5]] as const) {
    t.test(`every page of the ${role}'s menu is walked by Tab in its order, shows where the focus is, and keeps it nowhere`, async (t) => {
      const walked = await walkMenu(told[role])
      t.ok(walked.length >= least, `${String(walked.length)} pages`)
      for (const { path, stops, faults, axe: violations } of walked) {
        t.ok(stops > walked.length, `${path}: the menu and more`)
        t.strictSame(faults, [], path)
        t.strictSame(violations, [], path)
      }
    })
  }
}

// Two minutes of a quiet machine. Before all other tests: once one of them is over, and nothing is begun, all is over.
if ((process.env['SLOW'] ?? '') !== '') await story()

t.test('a page that lets nobody out, hides the focus, or skips a control is found', async (t) => {
  const page = await (await browser.newContext()).newPage()
  t.teardown(() => page.context().close())
  const faultsOf = async (html: string): Promise<string> => {
    await page.setContent(`<!doctype html><title>x</title><a href="#a">first</a>${html}<button>last</button>`)
    return (await walkByTab(page)).faults.join('; ')
  }
  t.equal(await faultsOf('<input>'), '')
  t.match(await faultsOf('<input style="outline: none; border: 1px solid">'), /does not show/)
  t.match(await faultsOf('<input id="trap"><script>trap.onkeydown = (e) => { if (e.key === "Tab") e.preventDefault() }</script>'), /keeps the focus/)
  t.match(await faultsOf('<button tabindex="2">early</button>'), /the order is/)
  t.match(await faultsOf('<button onfocus="this.blur()">never</button>'), /never reached/)
})
