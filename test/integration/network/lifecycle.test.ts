import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import type { NetworkStatus, ProcessStatus } from '../../../network/verbs/status.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/** A third of it on a quiet machine: other tests run beside. */
const UP_AGAIN_MS = 9000
/** Less than a gateway lets connections linger, and enough on a busy machine. */
const END_MS = 12_000
/** Several times up and down, on a machine that may be busy with more. */
/** Raft's tick of 100 ms: a dead leader costs some 3 s; twice that leaves room on a busy machine. */
const ELECTION_MS = 6000

// Stops, kills and interrupts: a network of its own. The tests follow one life of it.
// Nearly every character that shells, YAML, lists and URLs take for something else.
const network = await TestNetwork.prepare({ stateName: ' a b\'c"d%20#$&(ä)[x]{y};' })
t.teardown(async () => await network.destroy())

async function status (): Promise<NetworkStatus> {
  return JSON.parse((await network.run('status', ['--json'])).stdout) as NetworkStatus
}

async function heights (): Promise<number[]> {
  return (await status()).processes.filter(({ kind }) => kind === 'peer').map(({ height }) => height ?? 0)
}

function named (from: NetworkStatus, name: string): ProcessStatus | undefined {
  return from.processes.find((process) => process.name === name)
}

t.test('an up that is killed half-way is finished by the next', async (t) => {
  for (const afterMs of [1500, 3000]) {
    const child = spawn(process.execPath, ['network/verbs/up.ts'], {
      env: { ...process.env, EPIONE_STATE: network.stateDir, EPIONE_CONSORTIUM: network.consortiumFile }, stdio: 'ignore'
    })
    await delay(afterMs)
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  await network.up()
  const now = await status()
  t.ok(now.healthy)
  t.same(now.processes.map(({ state }) => state).filter((state) => state !== 'healthy'), [])
  t.equal(now.processes.length, 18)
  t.equal(now.processes.filter(({ leader }) => leader === true).length, 1)
  t.ok(now.processes.every(({ certificate }) => (certificate?.daysLeft ?? 0) > 300))
  t.equal(now.networkId, (await network.network()).networkId)
})

t.test('a second up changes nothing and takes seconds', async (t) => {
  const before = await status()
  const startedMs = Date.now()
  await network.up()
  t.ok(Date.now() - startedMs < UP_AGAIN_MS, `${Date.now() - startedMs} ms`)
  t.same((await status()).processes.map(({ pid }) => pid), before.processes.map(({ pid }) => pid))
})

t.test('an up from another shell, with other programs on its PATH, leaves every process alone', async (t) => {
  const before = await status()
  const again = await network.run('up', [], { PATH: `${t.testdir()}:${process.env['PATH'] ?? ''}`, BATCH_INTERVAL_MS: '9000' })
  t.equal(again.code, 0)
  t.match(again.stderr, /is already up/)
  t.same((await status()).processes.map(({ pid }) => pid), before.processes.map(({ pid }) => pid))
})

t.test('everything listens on the loopback address only', { skip: process.platform !== 'linux' }, async (t) => {
  const pids = new Set((await status()).processes.map(({ pid }) => pid))
  const sockets = new Set<string>()
  for (const pid of pids) {
    for (const file of await readdir(`/proc/${pid ?? 0}/net`).then(() => ['tcp', 'tcp6'])) {
      const lines = (await readFile(`/proc/${pid ?? 0}/net/${file}`, 'utf8')).split('\n').slice(1)
      for (const line of lines) {
        const [, local = '', , state] = line.trim().split(/\s+/)
        if (state === '0A') sockets.add(local)
      }
    }
  }
  const ports = new Set((await status()).processes.flatMap((process) => process.ports))
  const ours = [...sockets].filter((socket) => ports.has(parseInt(socket.split(':')[1] ?? '', 16)))
  t.ok(ours.length >= ports.size - 1, `${ours.length} listeners of ${ports.size} ports`)
  t.same(ours.filter((socket) => !socket.startsWith('0100007F:')), [])
})

t.test('every file and folder of the state, of whatever program, is its owner\'s alone, and one that was opened is closed', async (t) => {
  const open = async (): Promise<string> => (await run('find', [network.stateDir, '!', '-type', 'l', '-perm', '/077'])).stdout
  t.equal(await open(), '')
  await chmod(network.stateDir, 0o755)
  await chmod(network.paths.stamp, 0o644)
  await network.up()
  t.equal(await open(), '')
})

t.test('after the leader of the orderers is killed another leads within seconds, and up restarts the dead one', async (t) => {
  const leader = (await status()).processes.find((process) => process.leader === true)?.name ?? ''
  await network.killProcess(leader)
  const startedMs = Date.now()
  let successor: string | undefined
  while (successor === undefined && Date.now() - startedMs < ELECTION_MS) {
    successor = (await status()).processes.find((process) => process.leader === true)?.name
  }
  t.ok(successor !== undefined && successor !== leader, `${Date.now() - startedMs} ms`)
  t.equal(named(await status(), leader)?.state, 'crashed')
  const doctor = await network.run('doctor')
  t.equal(doctor.code, 1)
  t.match(doctor.stdout, `${leader} has ended by itself`)
  await network.up()
  t.ok((await status()).healthy)
})

t.test('a client that keeps an idle connection to a gateway does not hold its end up', async (t) => {
  const [gateway] = (await network.network()).organizations
  const idle = connect(Number(new URL(gateway?.gateway.url ?? '').port), '127.0.0.1')
  idle.on('error', () => undefined)
  await once(idle, 'connect')
  const startedMs = Date.now()
  const { stderr } = await network.run('down')
  idle.destroy()
  t.ok(Date.now() - startedMs < END_MS, `${Date.now() - startedMs} ms`)
  t.notMatch(stderr, 'was killed')
  await network.up()
})

t.test('a pair that was moved away to be renewed is enrolled anew, as doctor advises', async (t) => {
  await network.stop()
  const { dir, cert } = network.paths.organization('core').tls('peer0')
  const former = await readFile(cert, 'utf8')
  await rename(dir, `${dir}.former`)
  await network.up()
  t.not(await readFile(cert, 'utf8'), former)
  t.equal((await network.run('doctor')).code, 0)
})

t.test('down and up again keep the ledger', async (t) => {
  const before = await heights()
  const { networkId } = await network.network()
  await network.stop()
  const stopped = await network.run('status', ['--json'])
  t.equal(stopped.code, 0)
  t.ok((JSON.parse(stopped.stdout) as NetworkStatus).processes.every(({ state }) => state === 'stopped'))
  await network.up()
  t.equal((await status()).networkId, networkId)
  const after = await heights()
  t.ok(after.every((height, index) => height >= (before[index] ?? 0)), `${before.join(' ')}, then ${after.join(' ')}`)
  t.equal((await network.run('doctor')).code, 0)
})

t.test('the state of another topology is refused with what differs, by every verb that would use it', async (t) => {
  const text = await readFile(network.consortiumFile, 'utf8')
  await writeFile(network.consortiumFile, text.replace('"peers": 1', '"peers": 2'))
  for (const verb of ['up', 'status', 'doctor']) {
    const refused = await network.run(verb)
    t.equal(refused.code, 1, verb)
    t.match(
      refused.stdout + refused.stderr,
      /another topology:\n {2}organization core: was .*"peers":1.*advice: Undo the change.*make clean/s,
      verb
    )
  }
  await writeFile(network.consortiumFile, text)
  t.ok((await status()).healthy, 'the running network is untouched')
})

t.test('IPFS nodes come with the description, are ended and started like all else, and gateways use them', {
  skip: process.env['SLOW'] !== '1' && 'make test-slow builds and runs Kubo'
}, async (t) => {
  const described = JSON.parse(await readFile(network.consortiumFile, 'utf8')) as object
  await writeFile(network.consortiumFile, JSON.stringify({ ...described, ipfs: true }))
  await network.up()
  const now = await status()
  t.ok(now.healthy)
  const nodes = now.processes.filter(({ kind }) => kind === 'ipfs')
  t.same(nodes.map(({ name }) => name), ['ipfs.core', 'ipfs.regional1', 'ipfs.regional2'])
  t.match(await readFile(network.paths.organization('core').gateway.settings, 'utf8'), /IPFS_API_URL/)
  t.match((await network.run('up')).stderr, /already up/)
  await network.killProcess('ipfs.core')
  t.equal(named(await status(), 'ipfs.core')?.state, 'crashed')
  t.match((await network.run('doctor')).stdout, /ipfs\.core has ended by itself/)
  await network.up()
  t.ok((await status()).healthy)
  await network.stop()
  t.same((await status()).processes.filter(({ state }) => state !== 'stopped'), [])
})

t.test('a port that another program has taken is named, and nothing is started', async (t) => {
  const port = named(await status(), 'peer0.core')?.ports[0] ?? 0
  await network.stop()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const up = await network.run('up')
  const doctor = await network.run('doctor')
  other.close()
  t.equal(up.code, 1)
  t.match(up.stderr, new RegExp(`port ${port} \\(peer of peer0.core\\) is taken by another program\nadvice: `))
  t.match(doctor.stdout, new RegExp(`fault: port ${port} `))
  t.ok((await status()).processes.every(({ state }) => state === 'stopped'))
})

t.test('clean leaves nothing, neither files nor processes', async (t) => {
  const result = await network.run('clean')
  t.equal(result.code, 0)
  await t.rejects(readdir(network.stateDir), { code: 'ENOENT' })
})

async function run (command: string, args: string[]): Promise<{ stdout: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  await once(child, 'close')
  return { stdout }
}
