import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PortalService, readSite, writeBuildManifest } from '@epione/portal-service'
import type { PortalServiceOptions, Site } from '@epione/portal-service'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { Traffic } from './chromium.ts'
import type { Hospitals } from './client/hospitals.ts'

interface Test { teardown: (work: () => unknown) => void }

/** The pages as they were built. */
export const BUILT = join(import.meta.dirname, '..', '..', 'portal', 'dist')

/** A site of a test's own: files by path (`site/index.html`, `frame/text.html`), with the manifest that a build has. */
export async function writeSite (folder: string, files: Record<string, string | Uint8Array>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  await Promise.all(['site', 'frame'].map(async (part) => { await mkdir(join(folder, part), { recursive: true }) }))
  await writeBuildManifest(folder)
  return folder
}

export interface OpenedPortal { service: PortalService, origin: string, failures: unknown[] }

/** The service of the pages before these hospitals, on a port of its own. */
export async function startPortal (
  t: Test, hospitals: Hospitals, options: Partial<PortalServiceOptions> & { folder?: string } = {}
): Promise<OpenedPortal> {
  const { networkId, document } = hospitals.consortium.network
  const gateways = hospitals.all.map(({ info }) => info)
  const failures: unknown[] = []
  const { folder = BUILT, ...others } = options
  const site: Site = others.site ?? await readSite(folder)
  const service = await PortalService.listen({
    label: 'epione-test',
    port: 0,
    site,
    config: { edition: 'installed', network: { networkId, networkName: 'memory', document, gateways: gateways.map(({ mspId, id, name, url }) => ({ mspId, id, name, url })) } },
    gateways,
    onFailure: (error) => { failures.push(error) },
    ...others
  })
  t.teardown(async () => { await service.close() })
  return { service, origin: service.origin, failures }
}

export interface Visit { context: BrowserContext, page: Page, traffic: Traffic }

/** A browser of somebody's own (nothing kept from others) that was let in and shows the first page. */
export async function visit (
  t: Test, browser: Browser, { service, origin }: Pick<OpenedPortal, 'service' | 'origin'>, options: BrowserContextOptions = {}
): Promise<Visit> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options })
  t.teardown(async () => { await context.close() })
  const traffic = new Traffic(context)
  const page = await context.newPage()
  await page.goto(service.printAddress())
  await page.waitForURL(`${origin}/`)
  return { context, page, traffic }
}
