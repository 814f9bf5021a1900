import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { once } from 'node:events'
import type { TestGateway, Teardown } from './gateway.ts'

/** Full counts of a flood run with SLOW=1. */
export const SLOW = process.env['SLOW'] === '1'

export interface Footprint { rssMiB: number, diskBytes: number }

/** Memory of the process that holds the gateway, and bytes of the gateway's folder. */
export async function footprint ({ config }: TestGateway): Promise<Footprint> {
  globalThis.gc?.()
  return { rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20), diskBytes: await bytesBelow(config.dataDir) }
}

/** Says what a flood cost, and returns it. */
export async function told (
  t: { comment: (text: string) => void },
  gateway: TestGateway,
  before: Footprint,
  what: string
): Promise<Footprint> {
  const after = await footprint(gateway)
  t.comment(
    `${what}: RSS ${String(before.rssMiB)} -> ${String(after.rssMiB)} MiB, disk ${String(before.diskBytes)} -> ${String(after.diskBytes)} bytes`
  )
  return { rssMiB: after.rssMiB - before.rssMiB, diskBytes: after.diskBytes - before.diskBytes }
}

/** A TLS connection to a gateway that listens, by default without a certificate of its own; ended with the test. */
export async function dial (
  t: Teardown,
  { config, consortium, mspId }: TestGateway,
  options: { localAddress?: string, cert?: string, key?: string } = {}
): Promise<TLSSocket> {
  const ca = consortium.network.organizations.find((o) => o.mspId === mspId)?.tlsCaPem ?? ''
  const socket = connect({ host: '127.0.0.1', port: config.listen.port, servername: 'localhost', ca, ...options })
  t.teardown(() => { socket.destroy() })
  socket.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    socket.once('secureConnect', () => { resolve() })
    socket.once('close', () => { resolve() })
  })
  return socket
}

/** All that a connection gives until the other side ends it. */
export async function readToEnd (socket: TLSSocket): Promise<string> {
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => { pieces.push(piece) })
  if (!socket.closed) await once(socket, 'close')
  return Buffer.concat(pieces).toString()
}

async function bytesBelow (folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(entries.map(async (entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? await bytesBelow(path) : (await stat(path).catch(() => ({ size: 0 }))).size
  }))
  return sizes.reduce((sum, size) => sum + size, 0)
}
