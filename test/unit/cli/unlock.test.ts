import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { epione, runProgram } from '../../helpers/client/cli.ts'
import type { Answer } from '../../helpers/client/cli.ts'
import { writeGuardianHome } from '../../helpers/client/offline-home.ts'

/* Real agents: each a process of its own, on a real socket. */

const PASSPHRASE = 'a horse that is correct'
const PATIENT = 'a'.repeat(32)
// Paths of sockets are short, which those of a test's own folder are not.
const folder = mkdtempSync(join(tmpdir(), 'unlock-'))
t.teardown(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'pass'), PASSPHRASE)
let people = 0

class Person {
  readonly home: string
  readonly session: string

  private constructor (home: string, session: string) {
    this.home = home
    this.session = session
  }

  static async make (session?: string): Promise<Person> {
    const name = join(folder, String(++people))
    if (session === undefined) mkdirSync(`${name}.run`, { mode: 0o700 })
    await writeGuardianHome(name, PASSPHRASE)
    const person = new Person(name, session ?? `${name}.run`)
    t.teardown(() => person.lock())
    return person
  }

  get env (): Record<string, string> {
    return { EPIONE_HOME: this.home, XDG_RUNTIME_DIR: this.session }
  }

  get sockets (): string[] {
    return existsSync(join(this.session, 'epione')) ? readdirSync(join(this.session, 'epione')) : []
  }

  async unlock (time = '10m'): Promise<Answer> {
    return epione(['unlock', '--for', time, '--passphrase-file', join(folder, 'pass'), '--json'], this.env)
  }

  async lock (): Promise<Answer> {
    return epione(['lock', '--json'], this.env)
  }

  /** Makes a key, for which there is no pass-phrase. */
  async useKeys (env: Record<string, string> = {}): Promise<Answer> {
    const out = join(folder, `key-${String(++people)}`)
    return epione(['guardian', 'key', '--patient', PATIENT, '--out', out, '--json'], { ...this.env, ...env })
  }
}

const pidOf = ({ json }: Answer): number => Number(json['pid'])
const LOCKED = { exitCode: 2, json: { error: { code: 'PASSPHRASE_REQUIRED' } } }

async function gone (pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await delay(50)
}

t.test('an unlocked home needs no pass-phrase until it is locked', async (t) => {
  const person = await Person.make()
  t.match(await person.useKeys(), LOCKED)
  const unlocked = await person.unlock()
  t.match(unlocked, { exitCode: 0, json: { home: person.home, role: 'guardian', pid: Number, expiresAt: Number } })
  const used = await person.useKeys()
  t.match(used, { exitCode: 0, json: { patientId: PATIENT, signingKey: String } })
  const asked = await epione(
    ['guardian', 'key', '--patient', PATIENT, '--out', join(folder, 'same'), '--passphrase-file', join(folder, 'pass'), '--json'],
    { EPIONE_HOME: person.home, XDG_RUNTIME_DIR: join(folder, 'none') }
  )
  t.equal(asked.json['signingKey'], used.json['signingKey'], 'these are the keys of the phrase')
  t.match(await person.lock(), { exitCode: 0, json: { wasUnlocked: true } })
  await gone(pidOf(unlocked))
  t.match(await person.useKeys(), LOCKED)
  t.match(await person.lock(), { exitCode: 0, json: { wasUnlocked: false } })
  t.same(person.sockets, [])
})

t.test('the time is over by itself, and then the process is, too', async (t) => {
  const person = await Person.make()
  const unlocked = await person.unlock('1s')
  await gone(pidOf(unlocked))
  t.match(await person.useKeys(), LOCKED)
  t.same(person.sockets, [])
})

t.test('the wrong pass-phrase unlocks nothing, and no time but a short one is taken', async (t) => {
  const person = await Person.make()
  writeFileSync(join(folder, 'wrong'), 'no horse at all')
  t.match(
    await epione(['unlock', '--passphrase-file', join(folder, 'wrong'), '--json'], person.env),
    { exitCode: 6, json: { error: { code: 'PASSPHRASE_WRONG' } } }
  )
  for (const time of ['0s', '13h', '15', '-1m', '1.5h', '99999h', 'm']) t.match(await person.unlock(time), { exitCode: 2, json: { error: { code: 'USAGE' } } })
  t.same(person.sockets, [])
})

t.test('keys go to their own home alone, however that is spelled', async (t) => {
  const person = await Person.make()
  const other = await Person.make(person.session)
  await person.unlock()
  t.match(await other.useKeys(), LOCKED)
  symlinkSync(person.home, join(folder, 'alias'))
  t.match(await person.useKeys({ EPIONE_HOME: join(folder, 'alias', '.') }), { exitCode: 0 })
  // Another person's keystore at the same place is another home.
  writeFileSync(join(person.home, 'keystore.json'), readFileSync(join(other.home, 'keystore.json')))
  t.match(await person.useKeys(), LOCKED)
})

t.test('an agent whose home goes away goes, too', async (t) => {
  const person = await Person.make()
  const unlocked = await person.unlock()
  rmSync(person.home, { recursive: true })
  await gone(pidOf(unlocked))
  t.same(person.sockets, [])
})

t.test('of two unlocks at once one agent stays, and a lock then ends all', async (t) => {
  const person = await Person.make()
  const answers = await Promise.all([person.unlock(), person.unlock(), person.unlock()])
  t.same(answers.map(({ exitCode }) => exitCode), [0, 0, 0])
  t.match(await person.useKeys(), { exitCode: 0 })
  const again = await person.unlock()
  await Promise.all(answers.map((answer) => gone(pidOf(answer))))
  t.match(await person.useKeys(), { exitCode: 0 })
  await person.lock()
  await gone(pidOf(again))
  t.match(await person.useKeys(), LOCKED)
})

t.test('locking ends an agent that was started without this session, and so does unlocking', async (t) => {
  const person = await Person.make()
  const without = { EPIONE_HOME: person.home, TMPDIR: folder }
  const unlock = async (): Promise<Answer> => await epione(['unlock', '--passphrase-file', join(folder, 'pass'), '--json'], without)
  const former = await unlock()
  t.match(await epione(['lock', '--json'], { ...person.env, TMPDIR: folder }), { exitCode: 0, json: { wasUnlocked: true } })
  await gone(pidOf(former))
  const again = await unlock()
  t.match(await epione(['unlock', '--passphrase-file', join(folder, 'pass'), '--json'], { ...person.env, TMPDIR: folder }), { exitCode: 0 })
  await gone(pidOf(again))
})

t.test('a session\'s folder that cannot be one is as none', async (t) => {
  const person = await Person.make()
  symlinkSync('loop', join(folder, 'loop'))
  for (const session of [`/${'x'.repeat(5_000)}`, `/${'x'.repeat(300)}`, join(folder, 'loop', 'x'), 'here']) {
    t.match(await person.useKeys({ XDG_RUNTIME_DIR: session, TMPDIR: session }), LOCKED)
  }
})

t.test('what a killed agent left is in nobody\'s way', async (t) => {
  const person = await Person.make()
  const killed = pidOf(await person.unlock())
  process.kill(killed, 'SIGKILL')
  await gone(killed)
  t.not(person.sockets.length, 0)
  t.match(await person.useKeys(), LOCKED)
  t.match(await person.unlock(), { exitCode: 0 })
  t.match(await person.useKeys(), { exitCode: 0 })
})

t.test('one that is stopped is passed over and loses its place when the home is locked', async (t) => {
  const person = await Person.make()
  const pid = pidOf(await person.unlock())
  process.kill(pid, 'SIGSTOP')
  t.match(await person.useKeys(), LOCKED)
  await person.lock()
  t.same(person.sockets, [])
  process.kill(pid, 'SIGCONT')
  await gone(pid)
})

t.test('something else at the socket gives no keys', async (t) => {
  const person = await Person.make()
  await person.unlock()
  const path = join(person.session, 'epione', person.sockets[0] ?? '')
  for (const answer of ['{"role":"guardian","keys":"AAAA"}\n', `${'x'.repeat(5_000)}\n`, 'null\n', '']) {
    await person.lock()
    const impostor = createServer((socket) => { socket.resume().end(answer) }).listen(path)
    await once(impostor, 'listening')
    t.match(await person.useKeys(), LOCKED, answer.slice(0, 20))
    await new Promise((resolve) => impostor.close(resolve))
  }
})

t.test('a folder that others may enter, or a link, is used by no command', async (t) => {
  const person = await Person.make()
  const unlocked = await person.unlock()
  const sockets = join(person.session, 'epione')
  chmodSync(sockets, 0o755)
  t.match(await person.useKeys(), LOCKED)
  t.match(await person.unlock(), { exitCode: 5, json: { error: { code: 'AGENT_UNAVAILABLE', message: new RegExp(`${sockets} must be a folder`) } } })
  chmodSync(sockets, 0o700)
  t.match(await person.useKeys(), { exitCode: 0 })
  await person.lock()
  await gone(pidOf(unlocked))
  rmSync(sockets, { recursive: true })
  mkdirSync(join(folder, 'elsewhere'), { mode: 0o700 })
  symlinkSync(join(folder, 'elsewhere'), sockets)
  t.match(await person.unlock(), { exitCode: 5, json: { error: { code: 'AGENT_UNAVAILABLE' } } })
})

t.test('the program\'s agent outlives it, holds nothing of its terminal, and writes no secret down', async (t) => {
  const person = await Person.make()
  const { status, stdout } = runProgram(['unlock', '--json', '--passphrase-file', join(folder, 'pass')], { env: person.env })
  const { pid } = JSON.parse(stdout) as { pid: number }
  t.equal(status, 0)
  const { status: used } = runProgram(['guardian', 'key', '--patient', PATIENT, '--out', join(folder, 'of-program')], { env: person.env })
  t.equal(used, 0)
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter((line) => /EPIONE|XDG|pass/i.test(line))
  t.same(environment, [])
  t.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /Max core file size +0 /)
  t.same(readdirSync(person.home).sort(), ['config.json', 'keystore.json'])
})
