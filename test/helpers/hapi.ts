import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { ensureCached, isCached, javaMissing, startForeign } from './foreign.ts'
import { findFreePort } from './free-port.ts'
import type { Teardown } from './gateway.ts'

const run = promisify(execFile)
const VERSION = '8.8.0'
/** SHA-256 of the lines `sha256  name` of all its jars, by name. */
const SHA256 = '9a39927b30c3c1286eab515581e2787ca1f4895803ee73c684e78d313dc6fd7e'
const NAME = `hapi-${VERSION}`
const SOURCES = join(import.meta.dirname, 'hapi')
/** A virtual machine that lives for a minute is better not optimised; a bench measures one that is. */
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1']
const START_MS = 420_000

/** A HAPI FHIR server on loopback, its database in memory: gone with the test. */
export interface Hapi {
  /** Of the process, whose time and memory a bench reads. */
  pid: number
  /** Base address of a partition: a server of its own to whoever asks it. */
  base: (partition: string) => string
  /** One request below a base, in JSON. */
  ask: (partition: string, path: string, request?: HapiRequest) => Promise<HapiAnswer>
}

interface HapiRequest { method?: string, body?: object, headers?: Record<string, string> }

export interface HapiAnswer { status: number, headers: Headers, body: Record<string, unknown> }

export interface HapiOptions {
  /** Bases, each with nothing in it. */
  partitions: readonly string[]
  /** Compiled as a server that runs for long. */
  optimised?: boolean
  /** Most of its heap, in MiB. */
  heapMiB?: number
}

/** Why no HAPI can run here, in words of what to install; undefined when one can. */
export function hapiMissing (): string | undefined {
  return javaMissing({ isCached: isCached(NAME), compiler: true })
}

/** Starts one (Apache-2.0, of Maven) with the main class beside this file. */
export async function startHapi (t: Teardown, { partitions, optimised = false, heapMiB = 1000 }: HapiOptions): Promise<Hapi> {
  const missing = hapiMissing()
  if (missing !== undefined) throw new Error(`HAPI cannot run here: ${missing}`)
  const jars = await ensureCached(NAME, fetchJars)
  const folder = await mkdtemp(join(tmpdir(), 'epione-hapi-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const port = await findFreePort()
  const base = (partition: string): string => `http://127.0.0.1:${String(port)}/fhir/${partition}`
  const [first = ''] = partitions
  const pid = await startForeign(t, {
    name: 'HAPI',
    command: 'java',
    args: [
      `-Xmx${String(heapMiB)}m`, '-XX:+UseSerialGC', ...optimised ? [] : SHORT_LIVED, `-Dlogback.configurationFile=${join(SOURCES, 'logback.xml')}`,
      '-cp', join(jars, '*'), join(SOURCES, 'Hapi.java'), String(port), ...partitions
    ],
    cwd: folder,
    log: join(folder, 'log'),
    isReady: async () => (await fetch(`${base(first)}/Patient?_count=1`)).ok,
    startMs: START_MS
  })
  return {
    pid,
    base,
    ask: async (partition, path, { method = 'GET', body, headers = {} } = {}) => {
      const answer = await fetch(`${base(partition)}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) as Record<string, unknown> }
    }
  }
}

/** Its jars and those that it uses: some 395 MB in 345 files, two minutes at first. */
async function fetchJars (work: string): Promise<string> {
  const jars = join(work, 'lib')
  await cp(join(SOURCES, 'pom.xml'), join(work, 'pom.xml'))
  await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${jars}`], { cwd: work })
  const listed = createHash('sha256')
  for (const name of (await readdir(jars)).sort()) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(jars, name)), hash)
    listed.update(`${hash.digest('hex')}  ${name}\n`)
  }
  const found = listed.digest('hex')
  if (found !== SHA256) throw new Error(`${jars} does not hold the jars that this is written for: SHA-256 of their list is ${found}`)
  return jars
}
