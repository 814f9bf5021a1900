import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { readSite } from '@epione/portal-service'
import { launchChromium } from '../helpers/chromium.ts'
import { Hospitals } from '../helpers/client/hospitals.ts'
import { startPortal } from '../helpers/portal.ts'
import type { OpenedPortal } from '../helpers/portal.ts'
import { median } from './measure.ts'

/**
 * What a person waits for at the pages, in Chromium, from loopback, with nothing kept in the browser: the first view (first contentful
 * paint), when its own heading and a control are there to be used, and what travels for it (gzip, kB of 1,000 bytes).
 * Usage: npm run bench:portal [-- --json] [--rounds N]
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '7' } } })

const work: Array<() => unknown> = []
const t = { teardown: (one: () => unknown): void => { work.unshift(one) } }

interface View { firstViewMs: number, interactiveMs: number, paths: string[] }

/** The first view of a browser that was let in and has nothing kept: the pages' own, not that of the way in. */
async function view (browser: Browser, { service, origin }: OpenedPortal): Promise<View> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(service.printAddress())
    await page.waitForURL(`${origin}/`)
    // The cookie is there now; what was loaded is not: nothing of the service is cached.
    const paths: string[] = []
    page.on('request', (request) => { paths.push(new URL(request.url()).pathname) })
    await page.reload({ waitUntil: 'commit' })
    await page.locator('main h1').waitFor()
    await page.locator('main :is(a, button, input)').first().waitFor()
    const { shown, ready } = await page.evaluate(() => ({
      shown: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN, ready: performance.now()
    }))
    return { firstViewMs: shown, interactiveMs: ready, paths }
  } finally {
    await context.close()
  }
}

try {
  const hospitals = await Hospitals.open(t)
  const portal = await startPortal(t, hospitals)
  const browser = await launchChromium(t)
  const views: View[] = []
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    const one = await view(browser, portal)
    // The first warms up browser and service.
    if (round > 0) views.push(one)
  }
  const { files } = await readSite(join(import.meta.dirname, '..', '..', 'portal', 'dist'))
  const loaded = new Set(views.flatMap(({ paths }) => paths))
  const gzipBytes = [...loaded].reduce((sum, path) => sum + gzipSync(files.get(path)?.bytes ?? new Uint8Array()).length, 0)
  const figures = {
    firstViewMs: Math.round(median(views.map(({ firstViewMs }) => firstViewMs))),
    interactiveMs: Math.round(median(views.map(({ interactiveMs }) => interactiveMs))),
    gzipKB: Math.round(gzipBytes / 1_000)
  }
  console.log(values.json ? JSON.stringify({ figures }) : figures)
} finally {
  for (const one of work) await one()
}
