import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'node:https'
import { findFreePort } from './free-port.ts'
import { parseSettings } from '../../network/description/settings-file.ts'

/** A gateway process of a running network, started by a test on another port than its public one. */
export interface GatewayElsewhere { publicPort: number, listenPort: number, pid: number, logFile: string, stop: () => Promise<void> }

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
  await waitUntilReady(listenPort, ca, () => child.exitCode === null && child.signalCode === null, logFile)
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await exited
    process.removeListener('exit', killWithTest)
  }
  return { publicPort: Number(settings['LISTEN_PORT']), listenPort, pid: child.pid ?? 0, logFile, stop }
}

async function waitUntilReady (port: number, ca: Buffer, isRunning: () => boolean, logFile: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await isReady(port, ca))) {
    if (!isRunning()) throw new Error(`the gateway ended while starting, see ${logFile}`)
    if (Date.now() > deadline) throw new Error(`the gateway was not ready within 30 s, see ${logFile}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function isReady (port: number, ca: Buffer): Promise<boolean> {
  const req = request({ host: 'localhost', port, path: '/health/ready', ca, agent: false })
  req.end()
  try {
    const [res] = await once(req, 'response') as [{ statusCode?: number, resume: () => void }]
    res.resume()
    return res.statusCode === 200
  } catch {
    return false // Not listening yet: asked again until the deadline.
  }
}
