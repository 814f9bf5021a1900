import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { Browser, Page, Route } from 'playwright-core'
import { readSite } from '@epione/portal-service'
import { requestAccess } from '@epione/sdk'
import { launchChromium } from '../helpers/chromium.ts'
import { grantTo, Hospitals, writeRecord } from '../helpers/client/hospitals.ts'
import { restorePatient } from '../helpers/portal-patient.ts'
import { startPortal, visit } from '../helpers/portal.ts'
import type { OpenedPortal } from '../helpers/portal.ts'
import { median } from './measure.ts'

/**
 * What a person waits for at the pages, in Chromium, from loopback, with nothing kept in the browser: the first view (first contentful
 * paint), when its own heading and a control are there to be used, what travels for it (gzip, kB of 1,000 bytes), a record from the yes
 * until it is shown (openRecordMs), and the longest task while a list of 1,000 events is scrolled through (listMs1000; 0: none over 50 ms).
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

const EVENTS = 1_000
const TEXT = 'allergic to penicillin'

/** One event of the log as a thousand: the same of both hospitals, in pages as gateways give them. */
async function multiply (route: Route): Promise<void> {
  const query = new URL(route.request().url()).searchParams
  const [from, size] = [Number(query.get('cursor') ?? '0'), Number(query.get('limit') ?? '100')]
  const whole = new URL(route.request().url())
  whole.searchParams.delete('cursor')
  const answer = await route.fetch({ url: whole.href })
  const { items: [event], ...more } = await answer.json() as { items: Array<{ eventId: string, time: number }> }
  if (event === undefined) throw new Error('there is no event to multiply')
  const items = Array.from({ length: Math.min(size, EVENTS - from) }, (_, at) =>
    ({ ...event, eventId: (from + at).toString(16).padStart(event.eventId.length, '0'), time: event.time - from - at }))
  await route.fulfill({ response: answer, json: { ...more, items, ...from + size < EVENTS ? { next: String(from + size) } : {} } })
}

interface Inside { openRecordMs: number, listMs1000: number }

/** What a patient waits for once they are in. */
async function inside (browser: Browser, portal: OpenedPortal, hospitals: Hospitals): Promise<Inside> {
  const [patient, author, reader] = [
    await hospitals.patient(), await hospitals.physician(hospitals.core), await hospitals.physician(hospitals.regional1)
  ]
  const recordId = await writeRecord(author, patient, TEXT)
  await grantTo(reader, patient)
  await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' })
  const { context, page } = await visit(t, browser, portal, { locale: 'en-GB' })
  await restorePatient(page, patient.phrase)
  const opened: number[] = []
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    await page.getByRole('link', { name: 'Record: Summary' }).click()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    const yes = page.getByRole('alertdialog').getByRole('button', { name: 'Open', exact: true })
    await yes.waitFor()
    const from = performance.now()
    await yes.click()
    await page.frameLocator('iframe').getByText(TEXT).waitFor()
    if (round > 0) opened.push(performance.now() - from)
    await page.getByRole('link', { name: 'Timeline' }).click()
  }
  await context.route(/\/v1\/access-events\?/, multiply)
  await page.getByRole('link', { name: 'Who looked' }).click()
  return { openRecordMs: Math.round(median(opened)), listMs1000: Math.round(await scroll(page)) }
}

/** The longest task (ms) while the whole list is scrolled through, a view at a time. */
async function scroll (page: Page): Promise<number> {
  while (await page.getByRole('row').count() <= EVENTS) {
    const before = await page.getByRole('row').count()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.waitForFunction((count) => document.querySelectorAll('tr').length > count, before)
  }
  return await page.evaluate(async () => {
    let longest = 0
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
    })
    observer.observe({ type: 'longtask' })
    const end = (): number => document.documentElement.scrollHeight - innerHeight
    for (let views = 0; scrollY < end() - 1 && views < 1_000; views += 1) {
      scrollBy(0, innerHeight)
      await new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve, 0) }) })
    }
    // Entries are handed over after their task.
    await new Promise((resolve) => { setTimeout(resolve, 200) })
    observer.disconnect()
    return longest
  })
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
    gzipKB: Math.round(gzipBytes / 1_000),
    ...await inside(browser, portal, hospitals)
  }
  console.log(values.json ? JSON.stringify({ figures }) : figures)
} finally {
  for (const one of work) await one()
}
