import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, realpath, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'

const PROJECT_DIR = join(import.meta.dirname, '..', '..', '..')
/** Nothing listens there. */
const NO_REGISTRY = 'http://127.0.0.1:9/'
const LOOKING = ['status', 'logs', 'doctor', 'anchor-status', 'down', 'clean', 'help']

interface Ended { code: number, output: string }

/** A project of the real Makefile and verbs with one workspace, whose command is `part`, and one package of an earlier install in place. */
async function setUp (t: Test, dependencies: Record<string, string>): Promise<string> {
  const manifest = { name: 'project', version: '1.0.0', private: true, type: 'module', workspaces: ['part'], dependencies }
  const dir = t.testdir({
    '.npmrc': 'fund=false\naudit=false\nfetch-retries=0\n',
    'package.json': JSON.stringify(manifest),
    'package-lock.json': JSON.stringify(lockfile(dependencies)),
    part: {
      'package.json': JSON.stringify({ name: 'part', version: '1.0.0', bin: { part: 'bin/part.js' } }),
      bin: { 'part.js': '' },
      node_modules: { former: {} }
    },
    node_modules: { '.package-lock.json': '{}', former: { 'index.js': '' } },
    '.cache': { bin: {} },
    bin: {},
    tools: {}
  })
  await cp(join(PROJECT_DIR, 'Makefile'), join(dir, 'Makefile'))
  await cp(join(PROJECT_DIR, 'network'), join(dir, 'network'), { recursive: true })
  await cp(join(PROJECT_DIR, 'host', 'src'), join(dir, 'host', 'src'), { recursive: true })
  await symlink(process.execPath, join(dir, 'bin', 'node'))
  await utimes(join(dir, 'node_modules', '.package-lock.json'), 1, 1)
  return dir
}

function lockfile (dependencies: Record<string, string>): unknown {
  return {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'project', version: '1.0.0', workspaces: ['part'], dependencies },
      'node_modules/part': { resolved: 'part', link: true },
      part: { version: '1.0.0', bin: { part: 'bin/part.js' } },
      ...Object.fromEntries(Object.entries(dependencies).map(([name, version]) => [`node_modules/${name}`, { version }]))
    }
  }
}

async function run (dir: string, command: string, args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = {
    PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}`,
    HOME: dir,
    npm_config_registry: NO_REGISTRY,
    npm_config_cache: join(dir, 'cache'),
    ...environment
  }
  return await new Promise((resolve) => {
    execFile(command, args, { cwd: dir, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr })
    })
  })
}

t.test('looking and stopping install nothing, although the lockfile is newer and the registry is away', async (t) => {
  const dir = await setUp(t, {})
  const before = await stat(join(dir, 'node_modules', '.package-lock.json'))
  for (const verb of LOOKING) {
    const { output } = await run(dir, 'make', [verb])
    t.notMatch(output, /npm|Cannot find/, verb)
  }
  t.equal((await run(dir, 'make', ['down'])).output.slice(-'nothing to end\n'.length), 'nothing to end\n')
  t.same((await stat(join(dir, 'node_modules', '.package-lock.json'))).mtimeMs, before.mtimeMs)
  t.same(await readdir(join(dir, 'node_modules')), ['.package-lock.json', 'former'])
})

t.test('where nothing is installed at all, looking says so in a sentence', async (t) => {
  const dir = await setUp(t, {})
  for (const tool of ['sh', 'make', 'dirname', 'tr', 'cut', 'wc']) await symlink(await which(tool), join(dir, 'tools', tool))
  const { code, output } = await run(dir, 'make', ['down'], { PATH: join(dir, 'tools') })
  t.not(code, 0)
  t.match(output, /^error: nothing is installed here, and no Node 24 is on PATH: `make build` installs it$/m)
})

t.test('a package that cannot be fetched leaves the former install in place', async (t) => {
  const dir = await setUp(t, { 'left-out': '1.0.0' })
  const { code, output } = await run(dir, join(dir, 'network', 'install.sh'), [])
  t.equal(code, 1)
  t.match(output, /error: the packages of package-lock.json could not be installed; what was installed before is still in place\nadvice: /)
  t.same(await readdir(join(dir, 'node_modules')), ['.package-lock.json', 'former'])
  t.same(await readdir(join(dir, 'part', 'node_modules')), ['former'])
  t.same(await readdir(join(dir, '.cache')), ['bin'])
})

t.test('an install replaces the former one whole, and is not repeated for the same lockfile', async (t) => {
  const dir = await setUp(t, {})
  const first = await run(dir, join(dir, 'network', 'install.sh'), [])
  t.equal(first.code, 0, first.output)
  t.equal(await realpath(join(dir, 'node_modules', 'part')), await realpath(join(dir, 'part')))
  t.equal(
    await realpath(join(dir, 'node_modules', '.bin', 'part')),
    await realpath(join(dir, 'part', 'bin', 'part.js')),
    'commands of workspaces are on PATH'
  )
  t.notOk((await readdir(join(dir, 'node_modules'))).includes('former'))
  t.notOk((await readdir(join(dir, 'part'))).includes('node_modules'))
  await mkdir(join(dir, 'node_modules', 'kept'))
  await utimes(join(dir, 'package-lock.json'), new Date(), new Date())
  const second = await run(dir, join(dir, 'network', 'install.sh'), [])
  t.equal(second.output, '')
  t.ok((await readdir(join(dir, 'node_modules'))).includes('kept'))
  await writeFile(join(dir, 'package-lock.json'), `${await readFile(join(dir, 'package-lock.json'), 'utf8')}\n`)
  await run(dir, join(dir, 'network', 'install.sh'), [])
  t.notOk((await readdir(join(dir, 'node_modules'))).includes('kept'))
})

t.test('what Fabric\'s programs are made of is compiled meanwhile where none are built, and its failure fails no install', async (t) => {
  const dir = await setUp(t, {})
  const log = join(dir, 'go.log')
  const go = `#!/bin/sh\necho "$*, C: $CGO_ENABLED" >> '${log}'\ncase "$*" in "list -deps"*) echo example.invalid/part ;; *) exit 1 ;; esac\n`
  await writeFile(join(dir, 'bin', 'go'), go, { mode: 0o755 })
  const there = await run(dir, join(dir, 'network', 'install.sh'), [])
  t.equal(there.code, 0, there.output)
  await t.rejects(readFile(log), 'programs are there')
  await rm(join(dir, '.cache', 'bin'), { recursive: true })
  await rm(join(dir, 'node_modules', '.installed-lock.json'))
  const absent = await run(dir, join(dir, 'network', 'install.sh'), [])
  t.equal(absent.code, 0, absent.output)
  t.match(await readFile(log, 'utf8'), /^list -deps .* tool \.\/\.\.\., C: 0\nlist -export example\.invalid\/part, C: 0\n$/)
})

async function which (tool: string): Promise<string> {
  const { output } = await run(dirname(process.execPath), '/bin/sh', ['-c', `command -v ${tool}`])
  return output.trim()
}
