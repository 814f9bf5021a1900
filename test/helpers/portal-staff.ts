import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { NewPerson } from '../../identity/src/people.ts'
import { KeyFile } from '../../identity/src/signing-keys.ts'
import { Hospitals } from './client/hospitals.ts'
import type { Teardown } from './gateway.ts'
import { startTestProvider } from './identity.ts'
import type { TestProvider } from './identity.ts'
import { createTestIssuer } from './issuer.ts'

export interface Staff { hospitals: Hospitals, provider: TestProvider }

/**
 * Hospitals in memory, the core one with a real identity provider at which these people sign in; what a test signs itself for that
 * hospital (`gateway.token`) counts, too.
 */
export async function openStaffed (
  t: Teardown, people: Array<NewPerson & { password: string }>, env: Record<string, string> = {},
  options: Omit<NonNullable<Parameters<typeof Hospitals.open>[1]>, 'prepare'> = {}
): Promise<Staff> {
  const folder = await mkdtemp(join(tmpdir(), 'epione-staff-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const started = Promise.withResolvers<TestProvider>()
  const hospitals = await Hospitals.open(t, {
    ...options,
    prepare: async ({ hospitals, network, clock }, urls) => {
      const files = hospitals.get('CoreMSP')
      const caPem = network.organizations.find(({ mspId }) => mspId === 'CoreMSP')?.tlsCaPem
      if (files === undefined || caPem === undefined) throw new Error('no core hospital')
      const audience = urls.get('CoreMSP') ?? ''
      const provider = await startTestProvider(t, folder, { people, tls: { pair: files.tls, caPem }, env: { ...env, AUDIENCE: audience } })
      const [signing] = await new KeyFile(provider.dataDir).current()
      if (signing === undefined) throw new Error('the provider has no key')
      files.issuer = await createTestIssuer({ issuer: provider.issuer, audience, signing, clock })
      started.resolve(provider)
    }
  })
  return { hospitals, provider: await started.promise }
}

/** Signs in at the hospital's page, from the link that a page shows, and closes that tab; returns the heading that it ended with. */
export async function signInAs (page: Page, { subject, password }: { subject: string, password: string }): Promise<string> {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: /^Sign in at/ }).click()])
  await tab.getByLabel('Name').fill(subject)
  await tab.getByLabel('Password').fill(password)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  const heading = tab.getByRole('heading', { level: 1 })
  await heading.filter({ hasNotText: /^Sign in$/ }).waitFor()
  const said = await heading.innerText()
  await tab.close()
  return said
}

/** Everything that the page's origin keeps on this machine, and its address. */
export async function storedBy (page: Page): Promise<string> {
  return await page.evaluate(async () => JSON.stringify([
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open('epione')
      opening.onerror = () => { reject(new Error('no store')) }
      opening.onsuccess = () => {
        const reading = opening.result.transaction('profile').objectStore('profile').getAll()
        const textOf = (value: unknown): unknown => value instanceof Uint8Array ? String.fromCharCode(...value) : value
        reading.onsuccess = () => { resolve(reading.result.map(textOf)) }
      }
    }), Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href]))
}
