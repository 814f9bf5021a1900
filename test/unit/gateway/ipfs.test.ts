import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { HEADER_BYTES, sealContent } from '@epione/crypto'
import { cidOf } from '@epione/crypto/cid'
import { sizeClassOf } from '@epione/protocol'
import t from 'tap'
import type {} from '../../../gateway/src/records/copies-plugin.ts'
import { fetchContent } from '../../../gateway/src/records/fetch-elsewhere.ts'
import { IpfsNode, READS_MAX } from '../../../gateway/src/records/ipfs-node.ts'
import type {} from '../../../gateway/src/records/contents-plugin.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, Teardown, TestGateway } from '../../helpers/gateway.ts'
import { findKubo, KuboNode } from '../../helpers/kubo.ts'
import { bindPractitioner, createManifest, publishPatient, sign } from '../../helpers/ledger-fixtures.ts'

const MIB = 2 ** 20
const kubo = await findKubo()
const REAL = { skip: kubo === undefined && 'make test-slow builds and runs Kubo' }

interface Named { recordId: string, cid: string, sizeBytes: number }

/** A record on the ledger whose content lies at `holders`, as after it was registered and copied. */
async function register (consortium: Consortium, holders: readonly TestGateway[], bytes: number): Promise<Named> {
  const { world } = consortium
  const [author, patient] = [await bindPractitioner(world), await publishPatient(world)]
  const { members } = createManifest(author, patient)
  const sealed = await buffer(sealContent(
    { recordId: members.recordId, recordVersion: 1, authorKey: author.requestSigning.publicKey() }, Readable.from([Buffer.alloc(bytes, 7)])
  ).ciphertext)
  const stored = await Promise.all(holders.map(async ({ app: { contents } }) =>
    await contents.receive(Readable.from([sealed]), { maxBytes: 64 * MIB })))
  const cid = stored[0]?.cid ?? ''
  const contentHash = stored[0]?.contentHash ?? ''
  const sizeClass = sizeClassOf(sealed.length)
  await author.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, cid, contentHash, sizeClass }, author.requestSigning))
  for (const { app } of holders) await app.contents.markNamed(cid)
  return { recordId: members.recordId, cid, sizeBytes: sealed.length }
}

const fileOf = ({ config }: TestGateway, cid: string): string => join(config.dataDir, 'contents', cid.slice(-2), cid)

interface Hospitals { consortium: Consortium, gateways: TestGateway[] }

async function hospitals (t: Teardown, nodes: readonly { url: string, secret: string }[]): Promise<Hospitals> {
  const consortium = await createConsortium(t)
  const gateways: TestGateway[] = []
  for (const [i, mspId] of ['CoreMSP', 'Regional1MSP', 'Regional2MSP'].entries()) {
    const node = nodes[i]
    gateways.push(await buildGateway(t, {
      consortium,
      mspId,
      listen: true,
      ...(node !== undefined && { config: { ipfs: { url: node.url, secretFile: undefined } }, ports: { ipfsSecret: node.secret } })
    }))
  }
  return { consortium, gateways }
}

t.test('three hospitals with real Kubo nodes in a private swarm', { ...REAL, timeout: 300_000 }, async (t) => {
  const folder = t.testdir()
  const nodes = await KuboNode.swarm(t, kubo ?? '', folder, 3)
  const [own, second, third] = nodes as [KuboNode, KuboNode, KuboNode]
  const { consortium, gateways } = await hospitals(t, nodes.map(({ url, settings: { secret } }) => ({ url, secret })))
  const [core, regional1, regional2] = gateways as [TestGateway, TestGateway, TestGateway]

  await t.test('Kubo gives the same CID as the embedded store, of one block and of several', async (t) => {
    const client = new IpfsNode(own.url, own.settings.secret)
    t.teardown(() => client.close())
    for (const size of [1, 300_000, MIB, MIB + 1, 5 * MIB + 17]) {
      const bytes = Buffer.alloc(size, size % 251)
      const cid = await cidOf(Readable.from([bytes]))
      // Throws when Kubo says another.
      await client.add(cid, Readable.from([bytes]), size)
      const { body, sizeBytes } = await client.cat(cid)
      t.equal(sizeBytes, size)
      t.ok((await buffer(body)).equals(bytes), `${String(size)} bytes`)
      t.ok((await buffer((await client.cat(cid, size - 1)).body)).equals(bytes.subarray(size - 1)))
    }
    await t.rejects(client.add(await cidOf(Readable.from([Buffer.from('other')])), Readable.from([Buffer.from('words')]), 5), { code: 'CONTENT_MISMATCH' })
  })

  await t.test('the RPC interface is closed to whoever lacks the secret, and to what the gateway does not need', async (t) => {
    for (const secret of ['', 'a'.repeat(48)]) {
      for (const command of ['id', 'cat', 'config/show', 'shutdown', 'pin/ls']) t.equal((await own.rpc(command, {}, secret)).status, 403, `${command} with ${secret.slice(0, 3)}`)
    }
    for (const command of ['config/show', 'shutdown', 'files/ls', 'key/list', 'swarm/connect', 'block/get', 'p2p/listen']) {
      t.equal((await own.rpc(command)).status, 403, command)
    }
    t.match(JSON.parse((await own.rpc('id')).text), { ID: own.peer.id })
  })

  await t.test('contents are pinned, and a hospital whose store is gone gets them from another by the swarm', async (t) => {
    const { cid, sizeBytes } = await register(consortium, [core, regional1], 3 * MIB)
    await core.app.copies.pin()
    await regional1.app.copies.pin()
    t.same([await own.hasPin(cid), await second.hasPin(cid), await third.hasPin(cid)], [true, true, false])
    // Store and node of the first hospital are gone.
    await rm(fileOf(core, cid))
    await new IpfsNode(own.url, own.settings.secret).remove(cid)
    t.equal(await core.app.contents.find(cid), undefined)
    await core.app.copies.mend()
    t.match(core.app.copies.pins, { held: 1, restored: 1, repinned: 1, lost: 0 })
    t.match(await core.app.contents.find(cid), { sizeBytes })
    t.ok(await own.hasPin(cid))
    t.match((await core.app.inject('/health/ready')).json(), { pins: { held: 1, pinned: 1, restored: 1 }, copies: { held: 1, short: 0, silent: 0 } })
  })

  await t.test('a content at too few hospitals is counted, and another takes it', async (t) => {
    const { cid, sizeBytes } = await register(consortium, [core], 2 * MIB)
    await core.app.copies.pin()
    await core.app.copies.mend()
    t.match(core.app.copies.copies, { mended: 1, short: 0 })
    const takers = await Promise.all([regional1, regional2].map(async ({ app }) => await app.contents.find(cid)))
    t.match(takers.filter((taken) => taken !== undefined), [{ sizeBytes }])
    await core.app.copies.mend()
    t.match(core.app.copies.copies, { mended: 0, short: 0 }, 'and then there are enough')
  })

  await t.test('a reader is served from the swarm when no other gateway answers, and what is erased is gone from the nodes', async (t) => {
    const { cid, recordId, sizeBytes } = await register(consortium, [regional1], MIB)
    await regional1.app.copies.pin()
    const wanted = { cid, sizeClass: sizeClassOf(sizeBytes), grounds: { recordId, version: 1 }, record: { origin: 'NobodyMSP' } }
    const { body } = await fetchContent(regional2.app, wanted)
    t.equal(await cidOf(body as AsyncIterable<Uint8Array>), cid)
    for (const { app } of [regional1, regional2]) await app.contents.destroy(cid)
    t.notOk(await second.hasPin(cid))
    await t.rejects(new IpfsNode(third.url, third.settings.secret).cat(cid), { code: 'IPFS_UNAVAILABLE', retryAfterSeconds: 10 }, 'also what was only passing through')
  })

  await t.test('a node with another key is in no swarm with these', async (t) => {
    const { cid } = await register(consortium, [core], 300_000)
    await core.app.copies.pin()
    const [stranger] = await KuboNode.swarm(t, kubo ?? '', folder, 1)
    await stranger?.stop()
    await stranger?.start([own.peer])
    const client = new IpfsNode(stranger?.url ?? '', stranger?.settings.secret)
    t.teardown(() => client.close())
    await t.rejects(client.cat(cid), { code: 'IPFS_UNAVAILABLE' })
  })
})

/** Something that speaks as a Kubo node, or not quite. */
async function fake (
  t: Teardown, answer: (request: IncomingMessage, response: ServerResponse) => void
): Promise<{ url: string, secret: string }> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, secret: 's'.repeat(32) }
}

t.test('a node that lies, is full, or does not answer, costs nothing but its help', async (t) => {
  let mode: 'lie' | 'full' | 'silent' | 'other-cid' | 'endless' = 'lie'
  const node = await fake(t, (request, response) => {
    request.resume()
    if (mode === 'silent') return
    if (mode === 'full') response.writeHead(500).end('{"Message":"no space left on device","Code":0,"Type":"error"}')
    else if (request.url?.includes('/cat') === true) {
      const bytes = mode === 'endless' ? 2 ** 40 : 1_500_139
      response.writeHead(200, { 'x-content-length': String(bytes) })
      Readable.from(zeros(bytes)).pipe(response)
    } else if (request.url?.includes('/add') === true) request.on('end', () => { response.end('{"Name":"content","Hash":"bafkreiother"}\n') })
    else response.end('')
  })
  const { consortium, gateways } = await hospitals(t, [node])
  const [core, regional1] = gateways as [TestGateway, TestGateway]
  const { cid, recordId, sizeBytes } = await register(consortium, [regional1], 1_500_000)
  const wanted = { cid, sizeClass: sizeClassOf(sizeBytes), grounds: { recordId, version: 1 }, record: { origin: 'CoreMSP' } }
  // Whatever the node does, the other hospital's gateway gives it.
  const read = async (): Promise<string> => await cidOf((await fetchContent(core.app, wanted)).body as AsyncIterable<Uint8Array>)
  for (mode of ['lie', 'full', 'endless', 'silent'] as const) {
    const started = performance.now()
    t.equal(await read(), cid, mode)
    t.ok(performance.now() - started < 12_000, `${mode}: bounded`)
  }
  const client = new IpfsNode(node.url, node.secret)
  t.teardown(() => client.close())
  mode = 'full'
  await t.rejects(client.add(cid, Readable.from([Buffer.alloc(10)]), 10), { code: 'IPFS_UNAVAILABLE', retryAfterSeconds: 10, message: /no space left/ })
  await core.app.contents.receive(await regional1.app.contents.read(cid), { maxBytes: 4 * MIB })
  await core.app.contents.markNamed(cid)
  await t.rejects(core.app.copies.pin(), { code: 'IPFS_UNAVAILABLE' })
  await t.rejects(core.app.contents.destroy(cid), { code: 'IPFS_UNAVAILABLE' }, 'a destruction that is not done is not called done')
  t.match(await core.app.contents.find(cid), { cid }, 'and nothing of it is lost')
  mode = 'other-cid'
  await core.app.copies.pin()
  t.match(await core.app.store.db.selectFrom('contents').select('pinned').where('cid', '=', cid).executeTakeFirst(), { pinned: 0 })
  t.ok(core.log.some((line) => line.includes('does not take a content as it is')))
})

t.test('what is destroyed while it is being pinned does not stay pinned, and one content that cannot be read keeps no other from being counted', async (t) => {
  const added: string[] = []
  const removed: string[] = []
  const pinned = new Set<string>()
  let beforeAnswer: (() => Promise<unknown>) | undefined
  const node = await fake(t, (request, response) => {
    request.resume().on('end', () => {
      const url = new URL(request.url ?? '', 'http://node')
      const cid = url.searchParams.get('arg') ?? ''
      if (url.pathname.endsWith('/pin/ls')) response.end([...pinned].map((one) => `{"Cid":"${one}"}\n`).join(''))
      else if (url.pathname.endsWith('/pin/rm')) {
        removed.push(cid)
        if (pinned.delete(cid)) response.end('{}')
        else response.writeHead(500).end('{"Message":"not pinned or pinned indirectly"}')
      } else if (url.pathname.endsWith('/add')) {
        const [next = ''] = expected
        added.push(next)
        const answer = (): void => {
          pinned.add(next)
          response.end(`{"Name":"content","Hash":"${next}"}\n`)
        }
        if (beforeAnswer === undefined) answer()
        else beforeAnswer().then(answer, (error: unknown) => { t.threw(error) })
      } else response.end('')
    })
  })
  const { consortium, gateways } = await hospitals(t, [node])
  const [core, regional1] = gateways as [TestGateway, TestGateway]
  const { contents, copies, store: { db } } = core.app
  const first = await register(consortium, [core], 300_000)
  const expected = [first.cid]
  beforeAnswer = async () => await contents.destroy(first.cid)
  await copies.pin()
  t.same([added, [...pinned]], [[first.cid], []], 'taken away once it is there')

  // As a process leaves it that dies between the two.
  pinned.add(first.cid)
  const ended = { record_id: first.recordId, version: 1, order_id: 'o', cause: 'erased', wrap_hash: 'w', cid: first.cid, author_key: 'k' }
  await db.insertInto('ended_versions').values(ended).execute()
  const others = [
    await register(consortium, [core, regional1], 300_000),
    await register(consortium, [core], 300_000)
  ].toSorted((a, b) => a.cid < b.cid ? -1 : 1)
  await writeFile(fileOf(core, others[0]?.cid ?? ''), Buffer.alloc(others[0]?.sizeBytes ?? 0))
  await rm(fileOf(regional1, others[0]?.cid ?? ''), { force: true })
  beforeAnswer = undefined
  expected[0] = 'bafkreiother'
  await copies.mend()
  t.notOk(pinned.has(first.cid), 'found by the hourly look')
  t.match(copies.copies, { held: 2, mended: 0 })
  const adds = added.length
  await copies.pin()
  t.equal(added.length, adds, 'what the node does not take as it is waits for the next look at all')
  await db.deleteFrom('contents').execute()
  await copies.mend()
  t.match(copies.copies, { held: 0, short: 0 }, 'also where nothing lies here')
})

t.test('a hospital that says it has everything is asked to show some of it, and does not count where it cannot', async (t) => {
  const { consortium, gateways } = await hospitals(t, [])
  const [core, regional1, regional2] = gateways as [TestGateway, TestGateway, TestGateway]
  await register(consortium, [core, regional1], 300_000)
  await core.app.copies.mend()
  t.match(core.app.copies.copies, { held: 1, short: 0, silent: [] }, 'who shows it counts')
  const { cid, sizeBytes } = await register(consortium, [core], 300_000)
  const { peers } = core.app
  const of = peers.of.bind(peers)
  t.teardown(() => { peers.of = of })
  let claim = (cids: string[]): string[] => cids
  peers.of = (mspId) => {
    const client = of(mspId)
    if (mspId !== regional2.config.mspId) return client
    const countCopies = async (cids: string[]): Promise<string[]> => await Promise.resolve(claim(cids))
    return Object.assign(Object.create(client) as typeof client, { countCopies })
  }
  await core.app.copies.mend()
  t.match(core.app.copies.copies, { held: 2, short: 1 }, 'it has nothing')
  // One that core may not ask for, as it is another's, said so often that none but that would be drawn.
  const foreign = await register(consortium, [regional1, core, regional2], 300_000)
  claim = (cids) => [...cids, ...Array.from({ length: 10_000 }, () => foreign.cid)]
  await core.app.copies.mend()
  t.match(core.app.copies.copies, { held: 3, short: 1 }, 'it says one thing many times')
  claim = (cids) => cids
  // Bytes of the right length under a row of its own are no copy, either.
  const stored = await readFile(fileOf(core, cid))
  await regional2.app.contents.receive(Readable.from([stored]), { maxBytes: MIB })
  await writeFile(fileOf(regional2, cid), stored.fill(1, HEADER_BYTES, sizeBytes))
  await core.app.copies.mend()
  t.match(core.app.copies.copies, { held: 3, short: 1 }, 'it shows other bytes')
})

t.test('readers who take contents slowly keep neither others nor pins and erasures waiting', async (t) => {
  const node = await fake(t, (request, response) => {
    request.resume()
    if (request.url?.includes('/cat') === true) response.writeHead(200, { 'x-content-length': String(MIB) }).write('x')
    else response.end('')
  })
  const client = new IpfsNode(node.url, node.secret)
  t.teardown(() => client.close())
  const slow = []
  for (let i = 0; i < READS_MAX; i += 1) slow.push(await client.cat('bafkreislow'))
  const within = async (work: Promise<unknown>): Promise<unknown> => await Promise.race([work, delay(5_000, 'waits', { ref: false })])
  t.equal(await within(client.remove('bafkreierased')), undefined, 'an erasure')
  t.equal(await within(client.cat('bafkreinext').catch((error: unknown) => (error as { code: string }).code)), 'IPFS_UNAVAILABLE', 'the next reader is served by a hospital')
  t.ok(client.isUp)
  for (const { body } of slow) body.destroy()
  await delay(10)
  const again = await client.cat('bafkreinext')
  t.equal(again.sizeBytes, MIB)
  again.body.destroy()
})

async function * zeros (bytes: number): AsyncGenerator<Buffer, void, void> {
  for (let left = bytes; left > 0; left -= 65_536) {
    yield Buffer.alloc(Math.min(left, 65_536))
    if (left % MIB === 0) await delay(0)
  }
}
