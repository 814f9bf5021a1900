import type { IncomingMessage, ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { generatePhrase } from '@epione/crypto'
import t from 'tap'
import { BROWSER_DEADLINE_MS, bundleForBrowser, runInBrowser } from '../../helpers/browser.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import type { StoryTold, StoryWanted } from './browser/main.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const TEXT = 'Blutgruppe 0 negativ, allergisch gegen Penicillin'
const ROUTE = /^\/gateways\/([a-z0-9]+)(\/.*)$/

/** Passes what the page asks below its own origin on to the gateway that it names, as a hospital's web server would. */
function passOn (request: IncomingMessage, response: ServerResponse): boolean {
  const [, id, path] = ROUTE.exec(request.url ?? '') ?? []
  const hospital = hospitals.all.find(({ info }) => info.id === id)
  if (hospital === undefined) return false
  const onward = httpsRequest(new URL(
    path ?? '/',
    hospital.info.url
  ), { method: request.method, headers: request.headers, ca: hospital.info.tlsCaPem, servername: 'localhost' }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    pipeline(answer, response).catch(() => response.destroy())
  })
  onward.on('error', () => response.destroy())
  pipeline(request, onward).catch(() => onward.destroy())
  return true
}

async function makeStory (): Promise<StoryWanted> {
  await core.gateway.enrol('dr-author', 'physician', { department: 'cardiology' })
  await regional1.gateway.enrol('dr-reader', 'physician', { department: 'cardiology' })
  const clinician = 'user/DocumentReference.c user/DocumentReference.rs'
  const { networkId, document } = hospitals.consortium.network
  return {
    networkId,
    document,
    gateways: hospitals.all.map(({ info: { mspId, id, name, url } }) => ({ mspId, id, name, url })),
    phrases: { patient: generatePhrase(), author: generatePhrase(12), reader: generatePhrase(12) },
    tokens: {
      desk: await core.gateway.token('registration-desk', 'user/Patient.c'),
      author: await core.gateway.token('dr-author', clinician),
      reader: await regional1.gateway.token('dr-reader', clinician)
    },
    text: TEXT
  }
}

t.test('author, patient and reader do in headless Chromium what they do in Node', { timeout: 2 * BROWSER_DEADLINE_MS }, async (t) => {
  const script = await bundleForBrowser(fileURLToPath(new URL('browser/main.ts', import.meta.url)))
  t.comment(`the SDK and its story: ${script.length} bytes, ${gzipSync(script).length} with gzip`)
  const story = await makeStory()
  const told = await runInBrowser(t, script, (request, response) => {
    if (request.url !== '/story.json') return passOn(request, response)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(story))
    return true
  }) as StoryTold
  t.match(told.userAgent, /Chrome/, JSON.stringify(told))
  t.equal(told.hasNode, false)
  t.equal(told.bytesOpened, TEXT)
  t.equal(told.ownBytes, TEXT)
  t.ok(told.verified.length >= 2, 'proxies were proven right')
  t.equal(told.listed, 1)
  t.equal(told.refusedAfter, 'ACCESS_DENIED')
  t.strictSame(told.decisions, ['deny', 'permit'])
})
