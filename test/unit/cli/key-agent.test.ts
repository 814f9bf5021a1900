import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Teardown } from '../../helpers/gateway.ts'
import { KeyAgent } from '../../../cli/src/agent/key-agent.ts'

/* One agent in this process, on a real socket, whose clock the test turns. */

const KEYSTORE = 'a keystore'
const HASH = createHash('sha256').update(KEYSTORE).digest('hex')
const asking = (keystore: string): string => `${JSON.stringify({ ask: 'keys', keystore })}\n`

interface World { agent: KeyAgent, socket: string, keystoreFile: string, keys: Buffer, sleep: (seconds: number) => void }

/** Paths of sockets are short, which those of a test's own folder are not. */
async function start (t: Teardown, seconds = 60): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-'))
  const [socket, keystoreFile] = [join(folder, 's'), join(folder, 'keystore.json')]
  writeFileSync(keystoreFile, KEYSTORE)
  const keys = randomBytes(32)
  let now = 1_000
  const agent = new KeyAgent({ socket, keystoreFile, keystore: HASH, role: 'guardian', seconds }, keys, () => now)
  await agent.listen()
  t.teardown(() => { agent.end(); rmSync(folder, { recursive: true }) })
  return { agent, socket, keystoreFile, keys, sleep: (seconds) => { now += seconds } }
}

async function say (path: string, text: string | Buffer): Promise<Record<string, unknown>> {
  const socket = connect(path)
  socket.end(text)
  let answer = ''
  for await (const chunk of socket as AsyncIterable<Buffer>) answer += chunk.toString()
  return JSON.parse(answer) as Record<string, unknown>
}

t.test('keys are given for their own keystore alone', async (t) => {
  const { socket, keys } = await start(t)
  t.same(await say(socket, asking(HASH)), { role: 'guardian', keys: keys.toString('base64') })
  t.match(await say(socket, asking('a'.repeat(64))), { error: { code: 'KEYSTORE_OTHER' }, keys: undefined })
  t.equal(statSync(socket).mode & 0o777, 0o600)
})

for (const [what, garbage] of [
  ['no JSON', 'hello\n'], ['another request', '{"ask":"phrase"}\n'], ['no object', 'null\n'], ['no hash', asking('../../etc')],
  ['an array', '["keys"]\n'], ['bytes', Buffer.concat([randomBytes(64), Buffer.from('\n')])], ['half a line', '{"ask":"keys"'], ['nothing', '']
] as const) {
  t.test(`a request that is ${what} is refused, and the next is answered`, async (t) => {
    const { socket } = await start(t)
    t.match(await say(socket, garbage), { error: { code: 'REQUEST_INVALID', message: String } })
    t.match(await say(socket, asking(HASH)), { role: 'guardian' })
  })
}

t.test('a request that does not end is refused once it is too long', async (t) => {
  const { socket } = await start(t)
  t.match(await say(socket, 'x'.repeat(513)), { error: { code: 'REQUEST_TOO_LARGE' } })
  t.match(await say(socket, Buffer.alloc(100_000)), { error: { code: 'REQUEST_TOO_LARGE' } })
  t.match(await say(socket, asking(HASH)), { role: 'guardian' })
})

t.test('whoever connects and says nothing is sent away, and keeps nobody else out', async (t) => {
  const { socket } = await start(t)
  const silent = connect(socket)
  silent.on('error', () => undefined)
  await once(silent, 'connect')
  t.match(await say(socket, asking(HASH)), { role: 'guardian' })
  await once(silent.resume(), 'close')
})

t.test('a limit that passed while the machine slept is over before anything is given', async (t) => {
  const { agent, socket, keys, sleep } = await start(t)
  sleep(59)
  t.match(await say(socket, asking(HASH)), { role: 'guardian' })
  sleep(1)
  t.match(await say(socket, asking(HASH)), { error: { code: 'LOCKED' }, keys: undefined })
  await agent.ended
  t.same([existsSync(socket), keys.every((byte) => byte === 0)], [false, true])
})

t.test('keys are forgotten when the keystore is another, or gone', async (t) => {
  for (const change of [(path: string) => writeFileSync(path, 'another'), (path: string) => rmSync(path)]) {
    const { agent, socket, keystoreFile, keys } = await start(t)
    change(keystoreFile)
    t.match(await say(socket, asking(HASH)), { error: { code: 'LOCKED' } })
    await agent.ended
    t.ok(keys.every((byte) => byte === 0))
  }
})

t.test('one whose socket is gone ends by itself, and leaves another\'s in its place', async (t) => {
  const { agent, socket, keys } = await start(t)
  rmSync(socket)
  writeFileSync(socket, 'another')
  await agent.ended
  t.same([existsSync(socket), keys.every((byte) => byte === 0)], [true, true])
})

t.test('told to end it says so, and has nothing any more', async (t) => {
  const { agent, socket, keys } = await start(t)
  t.same(await say(socket, '{"ask":"end"}\n'), { ended: true })
  await agent.ended
  t.same([existsSync(socket), keys.every((byte) => byte === 0)], [false, true])
})
