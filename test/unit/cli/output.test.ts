import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runProgram } from '../../helpers/client/cli.ts'
import type { Ended } from '../../helpers/client/cli.ts'

const ROOT = new URL('../../..', import.meta.url).pathname
const { proofs } = JSON.parse(readFileSync(join(ROOT, 'test/vectors/proofs.json'), 'utf8')) as { proofs: Array<{ proof: unknown }> }
const dir = t.testdir({})
const proof = join(dir, 'proof.json')
writeFileSync(proof, JSON.stringify(proofs[0]?.proof))
/** A pipe whose reader has ended before the program starts. */
const closed = (stream: 1 | 2): string => `exec 3> >(true); wait $!; "$@" ${stream}>&3`
const full = (stream: 1 | 2): string => `"$@" ${stream}>/dev/full`
const env = { HOME: dir, EPIONE_HOME: dir }
const STACK = /\n +at /

t.test('a command whose output nobody reads any more ends quietly with its own exit code', (t) => {
  t.match(runProgram(['verify', proof], { shell: closed(1) }), { status: 0, stderr: /^(warning: .*\n)+$/ })
  t.match(runProgram(['verify', proof, '--json'], { shell: closed(1) }), { status: 0, stderr: /^(warning: .*\n)+$/ })
  t.match(runProgram(['verify', proof, '--json'], { shell: closed(2) }), { status: 0, stdout: /^\{"state"/ })
  t.match(runProgram(['record', 'list', '--json'], { env, shell: closed(1) }), { status: 2, stderr: '' })
  t.match(runProgram(['record', 'list'], { env, shell: closed(2) }), { status: 2, stdout: '' })
  t.match(runProgram(['--help'], { shell: closed(1) }), { status: 0, stderr: '' })
  t.match(runProgram(['verify'], { shell: closed(2) }), { status: 2 })
  t.end()
})

t.test('a full disk under the output is told, and a success is none', (t) => {
  for (const args of [
    ['verify', proof], ['--help']
  ]) {
    t.match(
      runProgram(args, { shell: full(1) }),
      { status: 1, stderr: /OUTPUT_FAILED: The answer cannot be written: ENOSPC.*look before you repeat it/ },
      args.join(' ')
    )
  }
  const json = runProgram(['verify', proof, '--json'], { shell: full(1) })
  t.match(JSON.parse(json.stderr.trim().split('\n').at(-1) ?? ''), { error: { code: 'OUTPUT_FAILED', exitCode: 1 } })
  t.match(
    runProgram(['record', 'list', '--json'], { env, shell: full(1) }),
    { status: 2, stderr: /OUTPUT_FAILED/ },
    'a failure keeps its exit code'
  )
  t.match(runProgram(['verify', proof], { shell: full(2) }), { status: 1, stdout: /^state: / }, 'warnings that are lost count, too')
  t.match(runProgram(['record', 'list'], { env, shell: full(2) }), { status: 2, stdout: '' })
  t.end()
})

t.test('so do the verbs of the network and the commands of operators', (t) => {
  const others: Array<[string, string[], number]> = [
    [
      'gateway/dist/admin.js', ['openapi'], 0
    ], ['network/verbs/status.ts', [], 0], ['network/verbs/status.ts', ['--json'], 0], ['network/verbs/logs.ts', [], 0]
  ]
  for (const [file, args, status] of others) {
    const run = (shell: string): Ended =>
      runProgram(args, { program: join(ROOT, file), shell, env: { EPIONE_STATE: join(dir, 'state'), PATH: process.env['PATH'] ?? '' } })
    const [gone, filled] = [run(closed(1)), run(full(1))]
    t.match(gone, { status, stderr: '' }, `${file} ${args.join(' ')}: closed`)
    if (file !== 'network/verbs/logs.ts') {
      t.match(filled, { status: 1, stderr: /output.failed: the answer cannot be written: ENOSPC/i }, `${file} ${args.join(' ')}: full`)
    }
    for (const { stderr } of [gone, filled]) t.notMatch(stderr, STACK)
  }
  for (const program of [
    'gateway/dist/admin.js', 'anchor/dist/admin.js', 'network/verbs/status.ts', 'network/verbs/up.ts',
    'network/verbs/down.ts', 'network/verbs/doctor.ts'
  ]) {
    const usage = runProgram(['--nonsense'], {
      program: join(ROOT, program),
      env: { PATH: process.env['PATH'] ?? '', EPIONE_STATE: join(dir, 'state') }
    })
    const gone = runProgram(['--nonsense'], {
      program: join(ROOT, program),
      shell: closed(2),
      env: { PATH: process.env['PATH'] ?? '', EPIONE_STATE: join(dir, 'state') }
    })
    t.equal(gone.status, usage.status, `${program}: stderr closed`)
  }
  t.end()
})

t.test('an option that a verb or an operator\'s command does not know is wrong usage, without a stack', (t) => {
  for (const [program, ...args] of [['gateway/dist/admin.js', 'openapi', '--nonsense'], ['network/verbs/logs.ts', '--nonsense']] as const) {
    const answer = runProgram(args, {
      program: join(ROOT, program),
      env: { PATH: process.env['PATH'] ?? '', EPIONE_STATE: join(dir, 'state') }
    })
    t.match(answer, { status: 2, stdout: '', stderr: /nonsense/ })
    t.notMatch(answer.stderr, STACK)
  }
  t.end()
})
