import { chmod, writeFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { builtBin, ensureBinaries, findBinaries } from '../../../network/fabric/binaries.ts'
import { applyPatches } from '../../../network/fabric/go-patches.ts'
import { readSettings } from '../../../network/description/settings.ts'

const FABRIC = ['peer', 'orderer', 'configtxgen']
const FABRIC_CA = ['fabric-ca-server', 'fabric-ca-client']

async function install (dir: string, tools: string[], version: string): Promise<string> {
  await mkdir(dir, { recursive: true })
  for (const tool of tools) {
    await writeFile(join(dir, tool), `#!/bin/sh\necho "${tool}:\n Version: ${version}"\n`)
    await chmod(join(dir, tool), 0o755)
  }
  return dir
}

t.test('binaries on PATH are taken when all are there and the version fits', async (t) => {
  const dir = t.testdir({})
  const old = await install(join(dir, 'old'), FABRIC, 'v2.4.9')
  const part = await install(join(dir, 'part'), FABRIC.slice(0, 2), 'v2.5.9')
  const fabric = await install(join(dir, 'fabric'), FABRIC, 'v2.5.9')
  const fabricCa = await install(join(dir, 'ca'), FABRIC_CA, 'v1.5.7')
  const settings = readSettings({ PATH: [old, part, fabric, fabricCa].join(':'), EPIONE_CACHE: join(dir, 'cache') })
  t.same(await findBinaries(settings), { fabric, fabricCa })
})

t.test('without fitting ones on PATH they are missing, and those of another pinned module do not count', async (t) => {
  const dir = t.testdir({})
  const old = await install(join(dir, 'old'), [...FABRIC, ...FABRIC_CA], 'v2.4.9')
  await install(join(dir, 'cache', 'bin'), FABRIC, 'v2.5.0')
  await install(join(dir, 'cache', 'bin', 'fabric-0123456789abcdef'), FABRIC, 'v2.5.0')
  const settings = readSettings({ PATH: old, EPIONE_CACHE: join(dir, 'cache') })
  t.same(await findBinaries(settings), { fabric: undefined, fabricCa: undefined })
})

t.test('what was built from the pinned modules is taken whatever is on PATH', async (t) => {
  const dir = t.testdir({})
  const onPath = await install(join(dir, 'path'), [...FABRIC, ...FABRIC_CA], 'v2.5.9')
  const settings = readSettings({ PATH: onPath, EPIONE_CACHE: join(dir, 'cache') })
  const built = await install(await builtBin('fabric', settings), FABRIC, 'v2.5.0')
  t.same(await findBinaries(settings), { fabric: built, fabricCa: undefined })
  t.same(await findBinaries(readSettings({ PATH: '/usr/bin', EPIONE_CACHE: join(dir, 'cache') })), { fabric: built, fabricCa: undefined })
})

t.test('a change of any pinned version, and of how it is built, is another build', async (t) => {
  const dir = t.testdir({ network: { go: { 'go.sh': '', fabric: { 'go.mod': 'require google.golang.org/grpc v1.85.0', 'go.sum': '' } } } })
  const settings = { ...readSettings({}), projectDir: dir }
  const before = await builtBin('fabric', settings)
  await writeFile(join(dir, 'network', 'go', 'fabric', 'go.mod'), 'require google.golang.org/grpc v1.85.1')
  const after = await builtBin('fabric', settings)
  t.not(after, before)
  await writeFile(join(dir, 'network', 'go', 'go.sh'), 'exec go "$@" # in another way')
  t.not(await builtBin('fabric', settings), after)
})

t.test('a patch is another build, and one whose place is gone or there twice is refused', async (t) => {
  const dir = t.testdir({ network: { go: { 'go.sh': '', fabric: { 'go.mod': '', 'go.sum': '' } } } })
  const settings = { ...readSettings({}), projectDir: dir }
  const before = await builtBin('fabric', settings)
  await writeFile(join(dir, 'network', 'go', 'fabric', 'patches.json'), '[{}]')
  t.not(await builtBin('fabric', settings), before)
  const patch = { file: 'a.go', from: 'a.B.C', to: 'a.GetB().GetC()', why: 'it may be nil' }
  t.equal(applyPatches('x(a.B.C)', [patch]), 'x(a.GetB().GetC())')
  t.throws(() => applyPatches('x()', [patch]), { code: 'build-failed' })
  t.throws(() => applyPatches('a.B.C a.B.C', [patch]), { code: 'build-failed' })
})

t.test('the pinned modules carry no networking or cryptography older than what is patched', async (t) => {
  const floors = {
    'google.golang.org/grpc': [1, 85],
    'golang.org/x/net': [0, 62],
    'golang.org/x/crypto': [0, 59],
    'google.golang.org/protobuf': [1, 36]
  }
  for (const module of ['fabric', 'fabric-ca']) {
    const text = await readFile(join(import.meta.dirname, '../../../network/go', module, 'go.mod'), 'utf8')
    for (const [name, [major = 0, minor = 0]] of Object.entries(floors)) {
      const [, found] = new RegExp(`^\\t${name.replaceAll('.', '\\.')} v(\\d+\\.\\d+)`, 'm').exec(text) ?? []
      const [foundMajor = 0, foundMinor = 0] = (found ?? '').split('.').map(Number)
      t.ok(foundMajor > major || (foundMajor === major && foundMinor >= minor), `${module}: ${name} ${found ?? 'absent'}`)
    }
  }
})

t.test('without binaries and without Go the tool that is missing is named', async (t) => {
  const { PATH } = process.env
  t.teardown(() => { process.env['PATH'] = PATH })
  process.env['PATH'] = join(t.testdir(), 'none')
  const settings = readSettings({ PATH: process.env['PATH'], EPIONE_CACHE: join(t.testdir(), 'cache') })
  await t.rejects(ensureBinaries(settings), { code: 'tool-missing', advice: /Install Go/ })
})
