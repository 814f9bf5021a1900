import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { FLAGS, findChromium } from './browser.ts'

interface Test { teardown: (work: () => unknown) => void }

/** Where pictures of pages go. */
const PICTURES = join(import.meta.dirname, '..', '..', 'build', 'portal')
/** Longest (ms) that a page may take for what it does in a second on a quiet machine. */
const PATIENCE_MS = 120_000
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** One Chromium for a file of tests: the one of {@link findChromium}, driven by playwright-core. */
export async function launchChromium (t: Test): Promise<Browser> {
  const { program, flags, env } = await findChromium()
  const browser = await chromium.launch({
    executablePath: program, headless: true, chromiumSandbox: false, args: [...FLAGS, ...flags], env
  })
  t.teardown(async () => { await browser.close() })
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(PATIENCE_MS)
    return context
  }
  return browser
}

/** What axe finds wrong on a page at WCAG 2.2 AA: `rule: first element that breaks it`. */
export async function axe (page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${nodes[0]?.target.join(' ') ?? ''} (${help})`)
}

/** A picture of the whole page under build/portal. */
export async function takePicture (page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

/** A platform authenticator with PRF for passkeys of a page: it says yes when asked. */
export class TestAuthenticator {
  readonly #session: CDPSession
  readonly #id: string

  private constructor (session: CDPSession, id: string) {
    this.#session = session
    this.#id = id
  }

  static async add (page: Page, { hasPrf = true } = {}): Promise<TestAuthenticator> {
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable')
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf,
        automaticPresenceSimulation: true
      }
    })
    return new TestAuthenticator(session, authenticatorId)
  }

  /** Whether the person is recognised from now on. */
  async setRecognised (isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified })
  }

  /** The person has lost it. */
  async remove (): Promise<void> {
    await this.#session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.#id })
  }
}

/** All that pages of a context sent: addresses, heads and bodies, and what came over web sockets. Seen in the browser, before TLS. */
export class Traffic {
  readonly #pieces: Buffer[] = []
  readonly #urls: string[] = []
  #under = Promise.resolve()

  constructor (context: BrowserContext) {
    context.on('request', (request) => {
      this.#urls.push(request.url())
      // Heads are known a moment later than the request itself.
      this.#under = this.#under.then(async () => {
        const head = await request.allHeaders().catch(() => request.headers())
        this.#pieces.push(Buffer.from(`${request.method()} ${request.url()}\n${JSON.stringify(head)}\n`), request.postDataBuffer() ?? Buffer.alloc(0), Buffer.from('\n'))
      })
    })
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        this.#urls.push(socket.url())
        socket.on('framesent', ({ payload }) => { this.#pieces.push(Buffer.from(payload)) })
      })
    })
  }

  /** Addresses that were asked, also those that a policy stopped. */
  get urls (): readonly string[] {
    return this.#urls
  }

  async bytes (): Promise<Buffer> {
    await this.#under
    return Buffer.concat(this.#pieces)
  }
}
