import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import t from 'tap'
import { configureCa } from '../../../network/nodes/ca.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { handedOut, parseReserved } from '../../../network/host/ephemeral-ports.ts'
import { heightsOf } from '../../../network/nodes/restart.ts'
import { isWholeJson, keepFormerChain } from '../../../network/nodes/evm-state.ts'
import { damageAdvice, lastWords } from '../../../network/host/last-words.ts'
import { closeToOthers } from '../../../network/host/modes.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { readSettings } from '../../../network/description/settings.ts'
import { networkStatus } from '../../../network/verbs/status.ts'
import { Progress } from '../../../network/host/progress.ts'
import { checkStamp, restoreStamp, topologyHash, writeStamp } from '../../../network/host/stamp.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import { createTlsAuthority } from '../../helpers/tls-certificates.ts'

const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))
const topology = deriveTopology(consortium)
const { organizations: [core] } = topology

t.test('a torn stamp is named, and written anew where network.json names the same network', async (t) => {
  const paths = statePaths(t.testdir({}))
  await writeStamp(paths, topology)
  const whole = await readFile(paths.stamp, 'utf8')
  await writeFile(paths.stamp, whole.slice(0, 40))
  await t.rejects(checkStamp(paths, topology), { code: 'state-damaged', message: paths.stamp, advice: /make up/ })
  t.equal(await restoreStamp(paths, topology), false, 'nothing says for which network the folder is')
  await writeFile(paths.networkFile, JSON.stringify({ topologyHash: topologyHash(deriveTopology({ ...consortium, basePort: 9050 })) }))
  t.equal(await restoreStamp(paths, topology), false, 'another network is no proof')
  await writeFile(paths.networkFile, JSON.stringify({ topologyHash: topologyHash(topology) }))
  t.equal(await restoreStamp(paths, topology), true)
  t.equal(await checkStamp(paths, topology), true)
})

t.test('a torn list of steps counts as empty', async (t) => {
  const paths = statePaths(t.testdir({ 'progress.json': '["complete","gate' }))
  t.equal((await Progress.load(paths)).has('complete'), false)
})

t.test('enrolment secrets that are torn come back from the CA\'s own configuration', async (t) => {
  if (core === undefined) throw new Error('no organisation')
  const own = statePaths(t.testdir({})).organization(core.id)
  const secrets = await configureCa(core, own)
  await writeFile(own.secrets, (await readFile(own.secrets, 'utf8')).slice(0, 100))
  t.same(await configureCa(core, own), secrets)
})

t.test('a state folder that was open to others is closed with all that it holds', async (t) => {
  const root = t.testdir({ open: { 'database.db': '', tool: '' } })
  await chmod(root, 0o755)
  await chmod(join(root, 'open'), 0o755)
  await chmod(join(root, 'open', 'database.db'), 0o644)
  await chmod(join(root, 'open', 'tool'), 0o755)
  await closeToOthers(root)
  const modes = await Promise.all(
    [root, ...['', 'database.db', 'tool'].map((name) => join(root, 'open', name))].map(async (path) => (await stat(path)).mode & 0o777)
  )
  t.same(modes, [0o700, 0o700, 0o600, 0o700])
})

t.test('the former chain of the local EVM node is kept when its file is cut off, and its contract when it is gone', async (t) => {
  const paths = statePaths(t.testdir({}))
  const names = async (path: string): Promise<string[]> => (await readdir(dirname(path))).filter((name) => name.includes('json')).sort()
  await mkdir(dirname(paths.evmState))
  await keepFormerChain(paths, 1)
  t.same(await names(paths.evmState), [], 'a first start finds nothing')
  await writeFile(paths.evmState, '{"block":{"number":"0x5"},"accounts":{}}')
  await writeFile(paths.anchorContract, '{"address":"0x5"}')
  await keepFormerChain(paths, 2)
  t.same(await names(paths.evmState), ['state.json'], 'a whole one is left alone')
  await writeFile(paths.evmState, '{"block":{"number":"0x5"}')
  await keepFormerChain(paths, 3)
  t.same(await names(paths.evmState), ['state.json.lost-3'])
  t.same(await names(paths.anchorContract), ['anchor.json.lost-3'])
  await writeFile(paths.anchorContract, '{"address":"0x6"}')
  await keepFormerChain(paths, 4)
  t.same(await names(paths.anchorContract), ['anchor.json.lost-3', 'anchor.json.lost-4'])
})

t.test('a file of the local EVM node that is cut off at any place, or holds zeros, is never taken for whole', async (t) => {
  const file = join(t.testdir({}), 'state.json')
  const whole = '{"block":{"number":"0x5"},"best":[1,{"a\\"}]":"}\\\\"}],"accounts":{"0x":{"code":"0x","storage":{}}}}'
  const isWhole = async (text: string): Promise<boolean> => {
    await writeFile(file, text)
    return await isWholeJson(file)
  }
  for (const text of [whole, `${whole}\n`, JSON.stringify(JSON.parse(whole), null, 2)]) t.equal(await isWhole(text), true, text)
  for (let length = 0; length < whole.length; length++) t.equal(await isWhole(whole.slice(0, length)), false, `cut after ${length}`)
  for (const text of [
    whole.replace('number', 'num\0er'), whole.replace(',', '\0'), `${whole}\0`, `${whole}{`, `x${whole}`
  ]) t.equal(await isWhole(text), false, text)
})

t.test('ports that the system hands out are found, but for those reserved', (t) => {
  const range = { first: 32768, last: 60999 }
  t.same(handedOut([7050, 32767, 32768, 40000, 60999, 61000], range, []), [32768, 40000, 60999])
  t.same(handedOut([40000, 40001], range, parseReserved('40000,50000-50009\n')), [40001])
  t.same(parseReserved('\n'), [])
  t.end()
})

t.test('what a damaged store makes a program say leads to advice', (t) => {
  t.match(damageAdvice('ca.core', 'Error: database disk image is malformed'), /new one with the same keys/)
  t.match(damageAdvice('peer0.core', 'panic: leveldb: corruption on data-block'), /fetches every block/)
  t.match(damageAdvice('peer0.core', 'Error: cannot create ledger: ledger [records] already exists with state [ACTIVE]'), /fetches every block/)
  t.match(damageAdvice('orderer.core', 'Failed to create or read WAL: wal: crc mismatch'), /majority/)
  t.match(damageAdvice('orderer.core', 'panic: error peeking [-46250] bytes from block file: bufio: negative count'), /`make down`, move/)
  t.match(damageAdvice('orderer.core', 'panic: tocommit(12) is out of range [lastIndex(0)]. Was the raft log corrupted?'), /that leads/)
  t.equal(damageAdvice('peer0.core', 'bind: address already in use'), undefined)
  t.end()
})

t.test('the last words of a program are its panic, however many calls led there, unless it went on after it', (t) => {
  const calls = Array.from({ length: 40 }, (_, index) => `main.call${index}()\n\t/main.go:${index}`).join('\n')
  const panic = 'panic: Could not open current file: error peeking [-42041] bytes from block file'
  const log = `2026-11-29T03:28:14.000Z INFO [nodeCmd] Starting peer\n${panic}\n\ngoroutine 1 [running]:\n${calls}\n`
  t.equal(lastWords(log, 12).split('\n')[0], panic)
  t.equal(lastWords(log, 12).split('\n').length, 12)
  t.match(damageAdvice('peer0.core', lastWords(log, 12)), /fetches every block/)
  const later = `${log}2026-11-29T03:29:14.000Z INFO [nodeCmd] Starting peer\nbind: address already in use\n`
  t.equal(lastWords(later, 1), 'bind: address already in use')
  t.notMatch(lastWords(later, 2), 'panic')
  t.end()
})

t.test('the state of a network with a torn network.json and a torn certificate is told, and names the certificate', async (t) => {
  const settings = readSettings({ EPIONE_STATE: t.testdir({ 'network.json': '{"name":"epi' }) })
  const paths = statePaths(settings.stateDir)
  if (core === undefined) throw new Error('no organisation')
  const torn = paths.organization(core.id).tls(core.orderer.process.split('.')[0] ?? '').cert
  await mkdir(dirname(torn), { recursive: true })
  await writeFile(torn, '-----BEGIN CERTIFICATE-----\nMIIB')
  const status = await networkStatus({ settings, topology: deriveTopology(consortium), paths })
  t.match(status, { healthy: false, networkId: undefined })
  t.match(status.processes.filter(({ detail }) => detail !== undefined), [
    { name: core.orderer.process, state: 'stopped', detail: new RegExp(`^${torn} is no whole certificate. Restore certificate and key from a backup`) }
  ])
})

t.test('a node that is down keeps nobody from learning how many blocks the others have', async (t) => {
  const [root, listening] = [createTlsAuthority('root'), createServer((socket) => { setTimeout(() => { socket.destroy() }, 300) })]
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  t.teardown(() => { listening.close() })
  const paths = statePaths(t.testdir({}))
  const { port } = listening.address() as AddressInfo
  // The first is slow to break off, the second refuses at once.
  const played = topology.organizations.slice(0, 2).map((organization, index) =>
    ({ ...organization, peerNodes: organization.peerNodes.map((peer) => ({ ...peer, operationsPort: index === 0 ? port : 1 })) }))
  for (const { id } of played) {
    const own = paths.organization(id)
    const admin = root.issue('admin')
    for (const [file, text] of [[own.tlsCa, root.certificate], [own.tls('admin').cert, admin.certificate], [own.tls('admin').key, admin.privateKey]] as const) {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
  }
  t.equal((await heightsOf({ topology: { ...topology, played }, paths }, 'peer')).size, 0)
})
