import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { epione, runProgram } from '../../helpers/client/cli.ts'
import type { Ended } from '../../helpers/client/cli.ts'

const { proofs } = JSON.parse(
  readFileSync(new URL('../../vectors/proofs.json', import.meta.url), 'utf8')
) as { proofs: Array<{ proof: unknown }> }
const dir = t.testdir({})
const proof = join(dir, 'proof.json')
writeFileSync(proof, JSON.stringify(proofs[0]?.proof))
const ID = 'a'.repeat(32)

t.test('an empty option or argument is wrong usage, named by its own name', async (t) => {
  const cases: Array<[string, string[]]> = [
    ['--rpc', ['verify', proof, '--rpc', '']],
    ['--anchor', ['verify', proof, '--anchor', '']],
    ['--contract', ['verify', proof, '--contract', ' ']],
    ['<file>', ['verify', '']],
    ['--home', ['patient', 'keys', '--home', '']],
    ['--out', ['patient', 'card', '--out', '']],
    ['--network', ['patient', 'init', '--network', '']],
    ['--gateway', ['patient', 'init', '--gateway', '']],
    ['--passphrase-file', ['patient', 'keys', '--passphrase-file', '']],
    ['--token-file', ['audit', 'list', '--token-file', '']],
    ['--limit', ['audit', 'list', '--limit', '']],
    ['--to', ['audit', 'list', '--to', '']],
    ['--category', ['record', 'add', proof, '--category', '']],
    ['--card', ['record', 'add', proof, '--category', 'summary', '--card', '']],
    ['<path>', ['record', 'add', '', '--category', 'summary']],
    ['--purpose', ['consent', 'grant', '--practitioner', 'A/b', '--category', 'summary', '--purpose', 'TREAT', '', '--days', '1']],
    ['--blocks', ['audit', 'verify-ledger', '--blocks', '']],
    ['--checkpoint', ['audit', 'verify-ledger', '--blocks', dir, '--checkpoint', '']],
    ['--patient', ['guardian', 'freeze', '--patient', '']],
    ['<approvals>', ['recovery', 'submit', '']],
    ['--words', ['patient', 'init', '--words', '']]
  ]
  for (const [name, args] of cases) {
    const answer = await epione([...args, '--json'], { EPIONE_HOME: dir })
    t.match(answer, { exitCode: 2, json: { error: { code: 'USAGE', message: new RegExp(`^${name} is empty`) } } }, args.join(' '))
  }
})

t.test('options that are missing are named, all at once', async (t) => {
  t.match(await epione(['consent', 'grant', '--purpose', 'TREAT', '--json'], { EPIONE_HOME: dir }), {
    exitCode: 2,
    json: { error: { code: 'USAGE', message: 'Say also --category <names...>, --days <n>.' } }
  })
  t.match(await epione(['guardian', 'stop', '--patient', 'p', '--json'], { EPIONE_HOME: dir }), { json: { error: { message: 'Say also --target <id>.' } } })
  const { stdout } = await epione(['guardian', 'stop', '--help'])
  t.match(stdout, /--target <id>[^(]*\(required\)/, 'as its help says')
})

t.test('of the evidence that is kept the one is taken that record and version name', async (t) => {
  const event = `${ID}.1700000000000.${'0'.repeat(64)}`
  mkdirSync(join(dir, 'evidence'))
  for (const version of [1, 2, 12]) writeFileSync(join(dir, 'evidence', `${event}.${ID}.${version}.json`), '{}')
  const evidence = async (...record: string[]): Promise<object> =>
    epione(['audit', 'evidence', event, '--out', join(dir, 'out'), ...record, '--json'], { EPIONE_HOME: dir })
  for (const record of [[], ['--record', ID]]) t.match(await evidence(...record), { exitCode: 2, json: { error: { code: 'USAGE', message: /ID:VERSION/ } } })
  t.match(await evidence('--record', `${ID}:1`), { json: { error: { message: /\.1\.json is damaged/ } } })
  t.match(await evidence('--record', `${ID}:3`), { exitCode: 7, json: { error: { code: 'NOT_FOUND' } } })
})

t.test('a variable that is set to nothing is wrong usage where it is used', async (t) => {
  t.match(await epione(['patient', 'keys', '--json'], { EPIONE_HOME: '' }), {
    exitCode: 2,
    json: { error: { code: 'USAGE', message: /^EPIONE_HOME is set but empty/ } }
  })
  const network = { EPIONE_HOME: dir, EPIONE_TOKEN_FILE: '' }
  t.match(await epione(['practitioner', 'init', '--json'], network), {
    exitCode: 2,
    json: { error: { code: 'USAGE', message: /^EPIONE_TOKEN_FILE/ } }
  })
  t.match(await epione(['verify', proof, '--json'], { EPIONE_HOME: '' }), { exitCode: 0 }, 'what needs no home does not look')
})

t.test('numbers, times, URLs and words are taken only as they are meant', async (t) => {
  const list = ['audit', 'list']
  const grant = ['consent', 'grant', '--practitioner', 'A/b', '--category', 'summary', '--purpose', 'TREAT', '--days']
  const cases = [
    ...['0x10', '1e3', ' 5 ', '+5', '-1', '0', '1.0', '05', '٥', '9'.repeat(20)].map((n) => [...list, '--limit', n]),
    ...['0x1', '1e1', ' 1', '0', '-1', '.5', 'Infinity', '36501'].map((n) => [...grant, n]),
    [
      ...list, '--to', '1795824000'
    ], [...list, '--from', '2026-11-29', '--to', '2026-11-28'], [...list, '--to', '2026-11-28T10:00:00'], [...list, '--decision', 'Deny'],
    [
      'verify', proof, '--chain-id', '0x5'
    ], ['verify', proof, '--depth', '1e1'], ['verify', proof, '--rpc', 'localhost:8545'], ['verify', proof, '--rpc', 'ftp://x'],
    ['record', 'get', `${ID}:1:2`], ['record', 'get', `${ID}:0x1`]
  ]
  for (const args of cases) {
    t.match(
      await epione([...args, '--json'], { EPIONE_HOME: dir }),
      { exitCode: 2, json: { error: { exitCode: 2 } } },
      args.join(' ')
    )
  }
})

t.test('what needs no home runs without HOME and without an account; what needs one says how to name it', (t) => {
  // Who is not root keeps an account, and gets an empty HOME instead of none.
  const run = (...args: string[]): Ended =>
    runProgram([...args, '--json'], { asNobody: true, env: process.getuid?.() === 0 ? {} : { HOME: '' } })
  t.match(run('verify', proof), { status: 0, stderr: /^(warning: .*\n)+$/ })
  t.match(run('--help'), { status: 0 })
  t.match(run('verify-evidence', proof), { status: 2 })
  t.match(run(
    'audit',
    'verify-ledger',
    '--blocks',
    join(dir, 'absent'),
    '--network-id',
    'ab'.repeat(32)
  ), { status: 2, stdout: /FILE_UNREADABLE/ })
  const keys = run('patient', 'keys')
  t.equal(keys.status, 2)
  t.match(JSON.parse(keys.stdout), { error: { code: 'USAGE', message: /--home DIR or set EPIONE_HOME/ } })
  t.end()
})

/** Names of the options or commands under one heading of a help page. */
function listed (help: string, heading: string, name: RegExp): string[] {
  const section = new RegExp(`^${heading}:\\n((?:.+\\n)+)`, 'm').exec(help)?.[1] ?? ''
  return section.split('\n').flatMap((line) => name.exec(line)?.[1] ?? [])
}

async function checkHelp (t: Test, command: readonly string[]): Promise<number> {
  const { stdout } = await epione([...command, '--help'], { EPIONE_HOME: dir })
  const [own, common] = ['Options', 'Global Options'].map((heading) => listed(stdout, heading, /^ {2}(?:-\w, )?(--[a-z-]+)/))
  t.same(own?.filter((option) => common?.includes(option)), [], `epione ${command.join(' ')}`)
  const commands = listed(stdout, 'Commands', /^ {2}([a-z-]+)/).filter((name) => name !== 'help')
  const below = await Promise.all(commands.map((name) => checkHelp(t, [...command, name])))
  return below.reduce((sum, count) => sum + count, 1)
}

t.test('no command has an option by the name of one that all have: that would take its value', async (t) => {
  t.ok(await checkHelp(t, []) > 60)
})
