import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { findFreePort } from './gateway-process.ts'

/** A PostgreSQL that this process started, or the one that DATABASE_URL names. */
export interface PostgresServer { createDatabase: (name?: string) => Promise<string>, stop: () => Promise<void> }

const STARTUP_TIMEOUT_MS = 20_000
const FALLBACK_BIN = '/usr/lib/postgresql/15/bin'

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
  const server = spawn(binary('postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=200'], { ...options, stdio: 'ignore' })
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
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((dir) => join(dir, name)).find((path) => existsSync(path))
  return onPath ?? join(FALLBACK_BIN, name)
}

/** PostgreSQL refuses to run as root: the system's own user for it steps in. */
function serverUser (): { uid: number, gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
