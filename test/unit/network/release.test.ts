import { cp, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import { chaincodeBuild, readRelease, slotOf, writeRelease } from '../../../network/fabric/release.ts'
import type { Release } from '../../../network/fabric/release.ts'
import { ensurePackage, packageId } from '../../../network/nodes/chaincode.ts'
import { findRelease } from '../../../network/verbs/upgrade.ts'
import { readSettings } from '../../../network/description/settings.ts'

const FILES = {
  'package-lock.json': '{}',
  chaincode: { 'package.json': '{}', dist: { 'index.js': 'one', 'index.d.ts': 'declares', 'index.js.map': 'maps', contracts: { 'a.js': 'a' } } },
  protocol: { 'package.json': '{}', dist: { 'index.js': 'two' }, src: { 'index.ts': 'source' } },
  crypto: { 'package.json': '{}', dist: { 'index.js': 'three' } }
}
const buildOf = async (projectDir: string): Promise<string> =>
  await chaincodeBuild({ projectDir, chaincodeDir: join(projectDir, 'chaincode') })

t.test('the same compiled files are the same build, wherever they lie and whenever they were made', async (t) => {
  const folder = t.testdir(FILES)
  const build = await buildOf(folder)
  t.match(build, /^[0-9a-f]{64}$/)
  const copy = join(t.testdirName, '..', `${t.testdirName}-copy`)
  t.teardown(() => rm(copy, { recursive: true, force: true }))
  await cp(folder, copy, { recursive: true })
  await utimes(join(copy, 'chaincode/dist/index.js'), 1, 1)
  t.equal(await buildOf(copy), build)
  for (const file of ['chaincode/dist/index.d.ts', 'chaincode/dist/index.js.map', 'protocol/src/index.ts', 'chaincode/tsconfig.json']) {
    await writeFile(join(copy, file), 'other')
  }
  t.equal(await buildOf(copy), build, 'what does not run is no part of it')
})

t.test('any other code, name of a file, or pinned dependency is another build', async (t) => {
  const seen = new Set([await buildOf(t.testdir(FILES))])
  const changes: ((dir: string) => Promise<void>)[] = [
    (dir) => writeFile(join(dir, 'chaincode/dist/contracts/a.js'), 'b'),
    (dir) => writeFile(join(dir, 'protocol/dist/index.js'), 'other'),
    (dir) => writeFile(join(dir, 'crypto/dist/more.js'), ''),
    (dir) => writeFile(join(dir, 'package-lock.json'), '{"packages":{}}'),
    (dir) => writeFile(join(dir, 'chaincode/package.json'), '{"main":"x"}'),
    async (dir) => { await cp(join(dir, 'chaincode/dist/index.js'), join(dir, 'chaincode/dist/other.js')); await rm(join(dir, 'chaincode/dist/index.js')) }
  ]
  for (const change of changes) {
    const dir = t.testdir(FILES)
    await change(dir)
    seen.add(await buildOf(dir))
  }
  t.equal(seen.size, changes.length + 1)
})

t.test('a package names its build, and the same content gives the same package id', async (t) => {
  const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))
  const release: Release = { sequence: 1, build: 'ab'.repeat(32) }
  const make = async (root: string, { sequence, build }: Release): Promise<string> => {
    const topology = deriveTopology(consortium, slotOf({ sequence }))
    const [core] = topology.organizations
    if (core === undefined) throw new Error('no organisation')
    const paths = statePaths(root)
    const own = paths.organization(core.id)
    for (const file of [own.tls('chaincode-client').key, own.tls('chaincode-client').cert, own.tlsCa]) {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, 'pem')
    }
    await ensurePackage(core, topology, paths, { sequence, build }, process.env['PATH'] ?? '')
    return await packageId(core, topology, paths, { sequence, build })
  }
  const folder = t.testdir({ one: {}, two: {} })
  const id = await make(join(folder, 'one'), release)
  t.match(id, new RegExp(`^epione_${release.build}:[0-9a-f]{64}$`))
  t.equal(await make(join(folder, 'two'), release), id, 'made anew, elsewhere and later')
  t.equal(await make(join(folder, 'one'), release), id, 'made once')
  const next = await make(join(folder, 'one'), { sequence: 2, build: 'cd'.repeat(32) })
  t.match(next, /^epione_(?:cd){32}:/)
  t.not(next.split(':')[1], id.split(':')[1])
  t.equal(await make(join(folder, 'one'), release), id, 'the former stays, for the process that still runs it')
})

t.test('up refuses a build that members have not approved, and says what to do; an upgrade takes it', async (t) => {
  const settings = readSettings({ EPIONE_STATE: t.testdir({}) })
  const paths = statePaths(settings.stateDir)
  const context = { settings, paths, topology: deriveTopology(await loadConsortium(settings.consortiumFile)) }
  const { build, release } = await findRelease(context, false)
  t.strictSame(release, { sequence: 1, build }, 'the first is what is compiled')
  await writeRelease(paths, release)
  t.strictSame(await findRelease(context, false), { build, release })
  const approved: Release = { sequence: 3, build: '00'.repeat(32) }
  await writeRelease(paths, approved)
  t.strictSame(await readRelease(paths), approved)
  await t.rejects(findRelease(context, false), { code: 'build-not-approved', message: /000000000000/, advice: /make chaincode-upgrade/ })
  t.strictSame(await findRelease(context, true), { build, release: approved })
  await writeFile(paths.release, 'torn')
  t.equal(await readRelease(paths), undefined)
  t.match(await readFile(paths.release, 'utf8'), 'torn')
})

t.test('releases take turns between two services of an organisation, each with a port of its own', async (t) => {
  const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))
  t.strictSame([1, 2, 3].map((sequence) => slotOf({ sequence })), [0, 1, 0])
  const [first, second] = ([0, 1] as const).map((slot) => deriveTopology(consortium, slot).organizations.map((o) => o.chaincodeService))
  t.strictSame(first?.map(({ process }) => process), ['chaincode.core', 'chaincode.regional1', 'chaincode.regional2'])
  t.strictSame(second?.map(({ process }) => process), ['chaincode2.core', 'chaincode2.regional1', 'chaincode2.regional2'])
  t.notOk(first?.some(({ port }) => second?.some((other) => other.port === port)))
})
