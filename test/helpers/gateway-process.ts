import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { findFreePort } from './free-port.ts'
import { parseSettings } from '../../network/description/settings-file.ts'

/** A gateway process of a running network, started by a test on another port than its public one. */
export interface GatewayElsewhere { publicPort: number, listenPort: number, pid: number, logFile: string, stop: () => Promise<void> }

/** A busy machine takes its time for the start of a process. */
const READY_MS = 180_000
const READY = 'ready'
const ROOT = join(import.meta.dirname, '..', '..')

/** The gateway's environment as the network wrote it. */
export function readSettings (stateDir: string, organizationId: string): Record<string, string> {
  return parseSettings(readFileSync(join(stateDir, 'organizations', organizationId, 'gateway', 'settings.env'), 'utf8'))
}

/** Starts an organisation's gateway with its own settings and data on a free port; its usual process must not be running. */
export async function startGatewayElsewhere (
  stateDir: string,
  organizationId: string,
  env: Record<string, string> = {}
): Promise<GatewayElsewhere> {
  const settings = readSettings(stateDir, organizationId)
  const listenPort = await findFreePort()
  const logFile = join(stateDir, 'logs', `gateway-${organizationId}-elsewhere.log`)
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [join(ROOT, 'gateway', 'dist', 'server.js')], {
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], ...settings, ...env, LISTEN_PORT: String(listenPort) }
  })
  const exited = once(child, 'exit')
  // A test that is cut short must not leave the gateway behind.
  const killWithTest = (): void => { child.kill('SIGKILL') }
  process.once('exit', killWithTest)
  const ca = readFileSync(join(stateDir, 'organizations', organizationId, 'tls-ca.pem'))
  try {
    await waitUntilReady(listenPort, ca, () => child.exitCode === null && child.signalCode === null, logFile)
  } catch (error) {
    killWithTest()
    throw error
  }
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await exited
    process.removeListener('exit', killWithTest)
  }
  return { publicPort: Number(settings['LISTEN_PORT']), listenPort, pid: child.pid ?? 0, logFile, stop }
}

async function waitUntilReady (port: number, ca: Buffer, isRunning: () => boolean, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  for (let said = ''; said !== READY;) {
    said = await askReady(port, ca)
    if (!isRunning()) throw new Error(`the gateway ended while starting, see ${logFile}`)
    if (Date.now() > deadline) throw new Error(`the gateway was not ready within ${READY_MS / 1000} s: ${said}; see ${logFile}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What it says of itself while it is not ready. */
async function askReady (port: number, ca: Buffer): Promise<string> {
  const req = request({ host: 'localhost', port, path: '/health/ready', ca, agent: false })
  req.end()
  try {
    const [res] = await once(req, 'response') as [IncomingMessage]
    const said = await text(res)
    return res.statusCode === 200 ? READY : said
  } catch {
    return 'it does not listen' // Asked again until the deadline.
  }
}
