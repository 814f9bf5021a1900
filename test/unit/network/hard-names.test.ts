import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { ordererSpec } from '../../../network/nodes/orderer.ts'
import { checkPaths } from '../../../network/description/path-check.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { peerSpec, renderCoreYaml } from '../../../network/nodes/peer.ts'
import { readSettings } from '../../../network/description/settings.ts'
import { formatSettings, parseSettings } from '../../../network/description/settings-file.ts'
import { deriveTopology } from '../../../network/description/topology.ts'

/** What a folder may be called: everything that shells, YAML, lists and replacements take for something else. */
const HARD = ' a b-c\'d"e%20#$&$`(ä漢)[x]{y};*!~z'
const PROJECT_DIR = join(import.meta.dirname, '..', '..', '..')
const topology = deriveTopology(await loadConsortium(join(PROJECT_DIR, 'network', 'consortium.json')))
const [core] = topology.organizations
const paths = statePaths(`/srv/${HARD}/state`)
const binaries = { fabric: '/bin', fabricCa: '/bin' }

t.test('lists in a node\'s environment hold no part of the folder\'s name', (t) => {
  if (core === undefined) throw new Error('no organisation')
  const [peer] = core.peerNodes
  if (peer === undefined) throw new Error('no peer')
  const environments = [ordererSpec(core, topology, paths, binaries).env, peerSpec(peer, core, paths, binaries, '/bin').env]
  const lists = environments.flatMap((environment) => Object.entries(environment).filter(([name]) => /ROOTCAS/.test(name)))
  t.ok(lists.length >= 5)
  for (const [name, value] of lists) t.notMatch(value, /\/srv|[ '"]/, name)
  t.end()
})

t.test('core.yaml names the builder exactly', async (t) => {
  const template = await readFile(join(PROJECT_DIR, 'network', 'templates', 'core.yaml'), 'utf8')
  const rendered = renderCoreYaml(template, {
    ...readSettings({}),
    projectDir: `/srv/${HARD}`
  }, [{ from: 'a:1', to: 'b:2', caCertsFile: `/srv/${HARD}/ca.pem` }])
  const [, path = ''] = /name: epione-service\n\s+path: (.*)\n/.exec(rendered) ?? []
  t.equal(JSON.parse(path), `/srv/${HARD}/network/builder`)
  const [, overrides = ''] = /addressOverrides: (.*)\n/.exec(rendered) ?? []
  t.match(JSON.parse(overrides), [{ caCertsFile: `/srv/${HARD}/ca.pem` }])
})

t.test('settings come back as they were written, from our reader and from a shell', async (t) => {
  const values = { DATA_DIR: `/srv/${HARD}/data`, DATABASE_URL: 'postgres://u:p=\'x\'@h/d?a=b&c=$d', EMPTY: '' }
  const text = formatSettings(values)
  t.same(parseSettings(text), values)
  const file = join(t.testdir(), 'settings.env')
  await writeFile(file, text)
  const { stdout } = await promisify(execFile)('sh', ['-c', '. "$1"; printf "%s\\n%s" "$DATA_DIR" "$DATABASE_URL"', 'sh', file])
  t.equal(stdout, `${values.DATA_DIR}\n${values.DATABASE_URL}`)
})

t.test('a project in a folder that cannot be taken is refused before anything is started, naming the character', async (t) => {
  for (const [character, named] of [
    [':', 'the character ":"'], [',', 'the character ","'], ['?', 'the character "?"'], ['\\', 'the character "\\"'],
    ['\n', 'a control character'], ['\t', 'a control character']
  ] as const) {
    const dir = await mkdtemp(join(tmpdir(), `epione ${character}-`))
    t.teardown(async () => await rm(dir, { recursive: true }))
    await cp(join(PROJECT_DIR, 'network'), join(dir, 'network'), { recursive: true })
    await cp(join(PROJECT_DIR, 'Makefile'), join(dir, 'Makefile'))
    for (const verb of ['up', 'doctor', 'build']) {
      await t.rejects(
        promisify(execFile)('make', [verb], { cwd: dir }),
        { message: `error: the project's folder has ${named} in its path` },
        `${verb} ${named}`
      )
    }
  }
})

t.test('a folder that the programs of a network cannot take is refused, naming the character; all others pass', (t) => {
  const settings = readSettings({})
  t.doesNotThrow(() => { checkPaths({ ...settings, projectDir: `/srv/${HARD}`, stateDir: `/srv/${HARD}/state` }) })
  for (const character of [':', ',', '?', '\\', '\n', '\t', '\u007f']) {
    const refused = { code: 'settings-invalid', message: JSON.stringify(character), advice: /rename/ }
    t.throws(() => { checkPaths({ ...settings, projectDir: `/srv/a${character}b` }) }, refused)
    t.throws(() => { checkPaths({ ...settings, stateDir: `/srv/a${character}b` }) }, refused)
  }
  t.end()
})
