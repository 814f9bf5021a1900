import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { requestHttps } from '../../../network/host/https.ts'
import { statePaths } from '../../../network/description/paths.ts'
import type { NetworkFile } from '../../../network/render/network-file.ts'
import { TestNetwork, type VerbResult } from '../../helpers/test-network.ts'

// Three hospitals found a network by the commands of docs/operations.md, each with its own folder; while one works, those of the others
// are not where they were.
const ids = ['core', 'regional1', 'regional2'] as const
type Id = typeof ids[number]
const network = await TestNetwork.prepare({ apart: true })
t.teardown(async () => { await network.destroy() })
const post = t.testdir({})
const sent = (name: string): string => join(post, name)
const pathsOf = (id: Id): ReturnType<typeof statePaths> => statePaths(network.folderOf(id))

/** Runs a verb as one hospital while the folders of all others are elsewhere. */
async function alone (id: Id, verb: string, ...args: string[]): Promise<VerbResult> {
  const present = await Promise.all(ids.filter((other) => other !== id).map(async (other) =>
    await rename(network.folderOf(other), `${network.folderOf(other)}.away`).then(() => [other], () => [])))
  try {
    return await network.runAs(id, verb, args)
  } finally {
    for (const other of present.flat()) await rename(`${network.folderOf(other)}.away`, network.folderOf(other))
  }
}

async function must (id: Id, verb: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await alone(id, verb, ...args)
  if (code !== 0) throw new Error(`${verb} of ${id} ended with ${String(code)}:\n${stderr}`)
  return stdout.trim()
}

const fingerprints: Partial<Record<Id, string>> = {}

t.test('a step says what it will do and does nothing, where it is asked for that; without a hospital of the description it is refused', async (t) => {
  const { code, stderr } = await alone('core', 'org-export', '--dry-run')
  t.equal(code, 0)
  t.match(stderr, /plan 1: start the certificate authorities of core[^]*plan 3: [^]*nothing was done/)
  await t.rejects(readdir(network.folderOf('core')), { code: 'ENOENT' })
  t.match(await network.run('found', ['propose']), { code: 1, stderr: /EPIONE_ORGANIZATION does not say which[^]*advice: Set EPIONE_ORGANIZATION/ })
  t.match(await network.run('found', ['propose'], { EPIONE_ORGANIZATION: 'nobody' }), { code: 1, stderr: /"nobody", which the description does not list/ })
  t.match(await network.run('found', ['sign'], { EPIONE_ORGANIZATION: 'core' }), { code: 2, stderr: /^usage: / })
  t.match(await alone('core', 'up'), { code: 1, stderr: /core has founded no network with the other members yet\nadvice: .*org-export/ })
})

t.test('each makes its bundle and imports those of the others by what it heard', async (t) => {
  for (const id of ids) fingerprints[id] = await must(id, 'org-export', '--to', sent(`${id}.bundle.json`))
  t.equal(await must('core', 'org-export', '--to', sent('core.bundle.json')), fingerprints.core, 'made again it is the same')
  t.match(await alone('core', 'found', 'propose'), { code: 1, stderr: /no bundle here of regional1, regional2/ })
  t.match(await alone('core', 'org-import', sent('regional1.bundle.json')), { code: 1, stderr: /no fingerprint was given/ })
  t.match(await alone('core', 'org-import', sent('regional1.bundle.json'), '--fingerprint', fingerprints.regional2 ?? ''), {
    code: 1, stderr: /is not the one whose fingerprint was read to you/
  })
  for (const id of ids) {
    for (const other of ids.filter((one) => one !== id)) {
      await must(id, 'org-import', sent(`${other}.bundle.json`), '--fingerprint', fingerprints[other] ?? '')
    }
  }
})

t.test('one proposes, each signs, and each founds its folder on the file that all signed', async (t) => {
  const hash = await must('core', 'found', 'propose', '--to', sent('proposal.json'))
  for (const id of ids) t.equal(await must(id, 'found', 'sign', sent('proposal.json'), '--to', sent(`${id}.signature.json`)), hash)
  const signatures = ids.map((id) => sent(`${id}.signature.json`))
  t.match(await alone('core', 'found', 'assemble', sent('proposal.json'), ...signatures.slice(0, 2)), { code: 1, stderr: /regional2 has not signed/ })
  await must('core', 'found', 'assemble', sent('proposal.json'), ...signatures, '--to', sent('founding.json'))
  for (const id of ids) await must(id, 'found', 'accept', sent('founding.json'))
  t.match(await alone('core', 'org-import', sent('core.bundle.json'), '--fingerprint', fingerprints.core ?? ''), { code: 1, stderr: /the bundle is your own/ })
  t.match(await network.run('up', [], { EPIONE_STATE: network.folderOf('core') }), { code: 1, stderr: /EPIONE_ORGANIZATION: was "core", is now absent/ })
})

t.test('each starts its own, they meet on one ledger, and a gateway serves the document that all signed', async (t) => {
  const started = await Promise.all(ids.map(async (id) => await network.runAs(id, 'up', id === 'core' ? [] : ['--without-gateways'])))
  for (const { code, stderr } of started) t.equal(code, 0, stderr)
  const files = await Promise.all(ids.map(async (id) => JSON.parse(await readFile(pathsOf(id).networkFile, 'utf8')) as NetworkFile))
  t.equal(new Set(files.map(({ documentHash, networkId }) => `${documentHash} ${networkId}`)).size, 1)
  const [core] = files[0]?.organizations ?? []
  const { status, text } = await requestHttps({ url: `${core?.gateway.url ?? ''}/v1/network`, caFile: core?.tlsCaFile ?? '' })
  t.equal(status, 200)
  t.match(JSON.parse(text), { document: { networkId: files[0]?.networkId }, documentHash: files[0]?.documentHash })
  const again = await network.runAs('regional1', 'up', ['--without-gateways'])
  t.match(again, { code: 0, stderr: /is already up/ })
})

t.test('no folder holds a key of another hospital, or names a file of another\'s folder', async (t) => {
  const secretsOf = async (id: Id): Promise<string[]> => {
    const files = await readdir(pathsOf(id).organization(id).dir, { recursive: true })
    const keys = await Promise.all(files.filter((name) => name.endsWith('key.pem')).map(async (name) =>
      await readFile(join(pathsOf(id).organization(id).dir, name), 'utf8')))
    return keys.map((key) => key.split('\n')[1] ?? '').filter((line) => line !== '')
  }
  const secrets = Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await secretsOf(id)] as const))) as Record<Id, string[]>
  for (const id of ids) {
    t.ok(secrets[id].length > 5)
    const root = network.folderOf(id)
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    t.strictSame(await readdir(join(root, 'organizations')), [id])
    t.strictSame((await readdir(join(root, 'members'))).sort(), [...ids])
    const others = ids.filter((other) => other !== id)
    for (const entry of entries.filter((one) => one.isFile())) {
      const file = join(entry.parentPath, entry.name)
      const content = await readFile(file, 'latin1')
      for (const other of others) {
        if (secrets[other].some((secret) => content.includes(secret))) t.fail(`${file} holds a key of ${other}`)
        if (content.includes(network.folderOf(other))) t.fail(`${file} names the folder of ${other}`)
      }
    }
  }
})
