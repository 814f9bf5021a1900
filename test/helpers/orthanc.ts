import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensureCached, startForeign } from './foreign.ts'
import { findFreePort } from './free-port.ts'
import type { Teardown } from './gateway.ts'

const run = promisify(execFile)
const PACKAGES = ['orthanc', 'orthanc-dicomweb']
const [PROGRAM, PLUGIN, DICTIONARY] = ['usr/sbin/Orthanc', 'usr/share/orthanc/plugins/libOrthancDicomWeb.so', 'usr/share/libdcmtk17/dicom.dic']
const START_MS = 60_000

/** A real PACS, Orthanc, in memory of a test: gone with it. */
export interface Orthanc {
  /** Base address of its DICOMweb. */
  base: string
  /** `NAME:PASSWORD` of its only user. */
  basic: string
  /** Takes a file of DICOM (Part 10). */
  store: (file: Uint8Array) => Promise<void>
  /** Removes an instance by its SOPInstanceUID. */
  remove: (instance: string) => Promise<void>
}

/**
 * Starts one (GPL-3, its DICOMweb plugin AGPL-3: a peer, never linked). It listens at all addresses and cannot be told otherwise: it has
 * no port of DICOM, answers this machine alone, and wants a password of this test.
 */
export async function startOrthanc (t: Teardown): Promise<Orthanc> {
  const root = await findRoot()
  const [folder, port] = [await mkdtemp(join(tmpdir(), 'epione-orthanc-')), await findFreePort()]
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const [name, password] = ['test', randomBytes(12).toString('hex')]
  await writeFile(join(folder, 'settings.json'), JSON.stringify({
    StorageDirectory: join(folder, 'kept'),
    IndexDirectory: join(folder, 'kept'),
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: true,
    RegisteredUsers: { [name]: password },
    Plugins: [join(root, PLUGIN)],
    DicomWeb: { Enable: true, Root: '/dicom-web/' }
  }))
  const basic = `${name}:${password}`
  const ask = async (method: string, path: string, body?: Uint8Array | string): Promise<unknown> => {
    const headers = { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }
    const answer = await fetch(`http://127.0.0.1:${String(port)}${path}`, { method, headers, ...(body === undefined ? {} : { body: Buffer.from(body) }) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answers ${String(answer.status)}: ${text.slice(0, 500)}`)
    return text === '' ? undefined : JSON.parse(text) as unknown
  }
  await startForeign(t, {
    name: 'Orthanc',
    command: join(root, PROGRAM),
    args: [join(folder, 'settings.json')],
    env: { LD_LIBRARY_PATH: join(root, 'usr', 'lib', 'x86_64-linux-gnu'), DCMDICTPATH: join(root, DICTIONARY) },
    cwd: folder,
    log: join(folder, 'log'),
    isReady: async () => await ask('GET', '/dicom-web/studies?limit=1') !== undefined,
    startMs: START_MS
  })
  return {
    base: `http://127.0.0.1:${String(port)}/dicom-web`,
    basic,
    store: async (file) => { await ask('POST', '/instances', file) },
    remove: async (instance) => {
      const found = await ask('POST', '/tools/lookup', instance) as Array<{ Type: string, Path: string }>
      for (const { Path } of found.filter(({ Type }) => Type === 'Instance')) await ask('DELETE', Path)
    }
  }
}

/** Below what it lies: of the machine, where it is installed, or else fetched once. */
async function findRoot (): Promise<string> {
  return existsSync(join('/', PROGRAM)) && existsSync(join('/', PLUGIN)) ? '/' : await ensureCached('orthanc', fetchPackages)
}

/** Packages of Debian or Ubuntu as its own apt fetches and proves them, unpacked and not installed: some 10 MB, half a minute. */
async function fetchPackages (work: string): Promise<string> {
  const [state, cache, root] = [join(work, 'state'), join(work, 'cache'), join(work, 'root')]
  for (const path of [join(state, 'lists', 'partial'), join(cache, 'archives', 'partial'), root]) await mkdir(path, { recursive: true })
  const settings = [`Dir::State=${state}`, 'Dir::State::status=/var/lib/dpkg/status', `Dir::Cache=${cache}`, 'Debug::NoLocking=1', 'APT::Sandbox::User=root']
  const apt = async (...args: string[]): Promise<void> => { await run('apt-get', ['-q', ...settings.flatMap((one) => ['-o', one]), ...args], { maxBuffer: 2 ** 24 }) }
  try {
    await apt('update')
    await apt('install', '--download-only', '--yes', '--no-install-recommends', ...PACKAGES)
    for await (const path of glob(join(cache, 'archives', '*.deb'))) await run('dpkg-deb', ['--extract', path, root])
  } catch (cause) {
    throw new Error(`Orthanc cannot be fetched by apt-get: have its packages installed (${PACKAGES.join(', ')})`, { cause })
  }
  return root
}
