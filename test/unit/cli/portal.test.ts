import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import t from 'tap'
import type { NetworkDocument } from '@epione/protocol'
import { readSite } from '@epione/portal-service'
import { readNetworkDocument } from '@epione/sdk'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { adminSecret, nextDocument, signApproval, signProposal } from '../../helpers/founding.ts'
import { writeSite } from '../../helpers/portal.ts'
import { rawRequest } from '../../helpers/raw-http.ts'
import { until } from '../../helpers/sharing.ts'
import type { RawAnswer } from '../../helpers/raw-http.ts'

const NOTICE_MS = 5 * 60 * 1000
const BIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'epione.js')
let aheadMs = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + aheadMs })
const dir = t.testdir({})
const network = writeNetworkFile(join(dir, 'network'), hospitals)
const pages = await writeSite(join(dir, 'pages'), { 'site/index.html': '<!doctype html><title>pages</title>' })
const FETCH = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }

t.test('the program serves the pages of one person, under one name, until it is told to end', async (t) => {
  const origins: string[] = []
  const start = async (): Promise<void> => {
    const child = spawn(process.execPath, [BIN, 'portal', '--network', network, '--gateway', 'regional1', '--port', '0', '--pages', pages, '--json'], { stdio: ['pipe', 'pipe', 'inherit'], env: { EPIONE_HOME: join(dir, 'home') } })
    const ended = once(child, 'close')
    t.teardown(() => { child.kill('SIGKILL') })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const next = async (): Promise<Record<string, string>> =>
      JSON.parse((await lines.next() as { value: string }).value) as Record<string, string>
    const first = new URL((await next())['address'] ?? '')
    child.stdin.write('\n')
    const second = new URL((await next())['address'] ?? '')
    t.not(second.hash, first.hash, 'Enter prints another address')
    const { host, port, origin } = second
    origins.push(new URL(origin).hostname)
    const enter = async ({ hash }: URL): Promise<RawAnswer> => {
      const body = JSON.stringify({ ticket: hash.slice(1) })
      return await rawRequest(Number(port), '/session', { method: 'POST', headers: { ...FETCH, host, origin, 'content-length': String(body.length) }, body })
    }
    t.equal((await enter(first)).status, 401, 'only the newest counts')
    const cookie = (await enter(second)).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const ask = async (path: string): Promise<RawAnswer> => await rawRequest(Number(port), path, { headers: { ...FETCH, host, cookie } })
    const { networkId } = hospitals.consortium.network
    t.match(await ask('/portal.json'), { json: { edition: 'installed', network: { networkId, networkName: 'memory', gateways: [{ id: 'regional1' }, { id: 'core' }, { id: 'regional2' }] } } })
    t.match(await ask('/gateways/core/v1/network'), { status: 200, json: { document: { networkId } } })
    child.kill('SIGTERM')
    t.strictSame(await ended, [0, null])
    t.match(await next(), { origin, ended: true })
  }
  await start()
  await start()
  t.match(origins[0], /^epione-[0-9a-f]{12}\.localhost$/)
  t.equal(origins[1], origins[0], 'what the browser keeps is found again')
})

t.test('what it cannot be started with is said', async (t) => {
  const person = new Typist(join(dir, 'person'))
  const run = async (...args: string[]): Promise<unknown> => await person.run('portal', '--network', network, '--port', '0', '--for', '1s', ...args)
  const usage = { exitCode: 2, json: { error: { code: 'USAGE' } } }
  t.match(await run('--pages', join(dir, 'none')), usage)
  t.match(await run('--pages', pages, '--port', '65536'), usage)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  t.match(await run('--pages', pages, '--port', String((other.address() as AddressInfo).port)), usage, 'a port that is taken')
  const file = JSON.parse(readFileSync(network, 'utf8')) as { document: { settings: { confirmBlocks?: number } }, networkId: string }
  const foreign = join(dir, 'network', 'foreign.json')
  writeFileSync(foreign, JSON.stringify({ ...file, networkId: 'f'.repeat(64), document: { ...file.document, networkId: 'f'.repeat(64) } }))
  t.match(await person.run('portal', '--network', foreign, '--port', '0', '--for', '1s', '--pages', pages), { exitCode: 4, json: { error: { code: 'NETWORK_MISMATCH' } } }, 'hospitals of another network')
})

/** The members agree on these builds, and the clock goes on to when that counts. */
async function agree (builds: NetworkDocument['builds']): Promise<void> {
  const { world, clock } = hospitals.consortium
  const before = await readNetworkDocument(hospitals.client(hospitals.core))
  const next = nextDocument(before, { builds, inForceFrom: clock() + NOTICE_MS })
  const issued = { issuedAt: clock(), submitBefore: clock() + 60_000 }
  const { ledger } = world.gateway('CoreMSP')
  await ledger.proposeNetwork(signProposal(next, adminSecret('CoreMSP'), issued))
  for (const mspId of world.members.slice(0, 2)) await ledger.approveNetwork(signApproval(next, adminSecret(mspId), issued))
  aheadMs += NOTICE_MS + 120_000
  for (const hospital of hospitals.all) {
    await until(async () => (await readNetworkDocument(hospitals.client(hospital))).version === next.version)
  }
}

/** Starts the program for a second; what it said. */
async function startBriefly (...args: string[]): Promise<{ status: number | null, stdout: string, stderr: string }> {
  const child = spawn(process.execPath, [BIN, 'portal', '--network', network, '--port', '0', '--pages', pages, '--for', '1s', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { EPIONE_HOME: join(dir, 'home') } })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { status: child.exitCode, stdout, stderr }
}

t.test('a copy that the members agreed on starts, another only when it is asked for, with a warning', async (t) => {
  const { build } = await readSite(pages)
  const founded = await readNetworkDocument(hospitals.client(hospitals.core))
  t.match(await startBriefly(), { status: 0, stderr: new RegExp(`names no build of the pages. This copy is ${build}`) })
  await agree([{ name: 'portal', hash: 'a'.repeat(64) }, { name: 'gateway', hash: build }])
  t.match(await startBriefly(), { status: 2, stdout: '', stderr: /none that the members of the network agreed on/ })
  t.match(await startBriefly('--unlisted-build'), { status: 0, stdout: /Open http/, stderr: /WARNING: .*your phrase/ })
  hospitals.core.front.lies = [({ path, body }) => path === '/v1/network' ? { ...body as object, document: founded } : undefined]
  t.match(await startBriefly(), { status: 2, stderr: /none that the members of the network agreed on/ }, 'no hospital alone holds back what was agreed on')
  for (const { front } of [hospitals.regional1, hospitals.regional2]) front.instead = () => ({ status: 503, body: { code: 'OFF' } })
  t.match(await startBriefly(), { status: 0, stderr: /Only one hospital can be reached/ }, 'but it is said that it could')
  hospitals.core.front.lies = []
  for (const { front } of [hospitals.regional1, hospitals.regional2]) front.instead = undefined
  await agree([{ name: 'portal', hash: 'a'.repeat(64) }, { name: 'portal', hash: build }])
  const agreed = await startBriefly()
  t.match(agreed, { status: 0, stdout: /Open http/ })
  t.notMatch(agreed.stderr, /WARNING|names no build/)
})
