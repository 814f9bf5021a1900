import { readFile } from 'node:fs/promises'
import { connect } from 'node:tls'
import type { KeyPairPaths } from '../description/paths.ts'
import type { Host } from '../description/consortium.ts'

const TIMEOUT_MS = 2000

/** True when a gRPC listener completes a TLS handshake under the given root; rejects when it does not. */
export async function acceptsTls (host: Host, port: number, caFile: string, pair?: KeyPairPaths): Promise<true> {
  const ca = await readFile(caFile)
  const client = pair === undefined ? {} : { cert: await readFile(pair.cert), key: await readFile(pair.key) }
  return await new Promise((resolve, reject) => {
    const socket = connect({ host: host.address, port, servername: host.name, ca, ...client, ALPNProtocols: ['h2'], timeout: TIMEOUT_MS })
    socket.once('secureConnect', () => {
      resolve(true)
      // Ended, not cut off, so that the server sees a whole handshake and logs no error.
      socket.end()
    })
    socket.once('timeout', () => socket.destroy(new Error(`no TLS handshake on port ${port} in time`)))
    socket.once('error', reject)
  })
}
