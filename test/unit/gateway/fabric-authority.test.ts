import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { connectFabricAuthority } from '../../../gateway/src/staff/fabric-authority.ts'
import { createTlsAuthority } from '../../helpers/tls-certificates.ts'
import type { Teardown } from '../../helpers/gateway.ts'

/** Two HTTP requests each: register and enroll. */
const ENROLMENTS = 15

interface Authority { url: string, tlsCaPem: string, certificate: string, privateKey: string, open: () => number, requests: () => number }

/** A server that answers as a Fabric CA does. */
async function startAuthority (t: Teardown): Promise<Authority> {
  const root = createTlsAuthority('tls-ca')
  const { certificate, privateKey } = root.issue('ca')
  let requests = 0
  const result = { secret: 'secret', Cert: Buffer.from(certificate).toString('base64'), ServerInfo: { CAChain: '' } }
  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    requests += 1
    request.resume().once('end', () => response.end(JSON.stringify({ success: true, result })))
  })
  let open = 0
  server.on('secureConnection', (socket) => { open += 1; socket.once('close', () => { open -= 1 }) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.closeAllConnections(); server.close() })
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    tlsCaPem: root.certificate,
    certificate,
    privateKey,
    open: () => open,
    requests: () => requests
  }
}

t.test('thirty requests of a certificate authority leave no listener and no warning behind', async (t) => {
  const { url, tlsCaPem, certificate, requests, open } = await startAuthority(t)
  const warnings: Error[] = []
  const listen = (warning: Error): void => { warnings.push(warning) }
  process.on('warning', listen)
  t.teardown(() => process.off('warning', listen))
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' }
  })
  const ca = connectFabricAuthority({
    url,
    caName: 'ca-core',
    tlsCaPem,
    registrar: { mspId: 'CoreMSP', certificate, privateKey },
    affiliation: 'staff'
  })
  for (let n = 0; n < ENROLMENTS; n++) {
    const enrolled = await ca.enrol({ staffId: `s${n}`, role: 'physician' })
    t.match(enrolled, { certificate, privateKey: /PRIVATE KEY/, notAfter: Number })
  }
  // Warnings are emitted in the tick after.
  await new Promise(setImmediate)
  t.equal(requests(), 2 * ENROLMENTS)
  t.strictSame(warnings.map(({ name, message }) => `${name}: ${message}`), [])
  t.ok(open() <= 1, 'a connection ends with its request')
})
