import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SecretKey, fromHex, signAnswer, toHex } from '@epione/crypto'
import type { SignedAnswer } from '@epione/crypto'
import { falsifyBatch } from './falsify.ts'
import { startGatewayElsewhere } from './gateway-process.ts'
import { TlsFront } from './tls-front.ts'

/**
 * A hospital that lies: stands in its gateway's place, with its certificate and its proxy's signing key, and answers every
 * request for re-encryption with a well-formed, correctly signed answer that is false in one cfrag. The product has no switch for this.
 * Usage: node test/helpers/liar.ts --state DIR --organization ID   (prints `ready`, runs until it is ended)
 */
interface Reencryptions { answers: SignedAnswer[] }

function lieIn (body: Buffer, networkId: Uint8Array, signingKey: SecretKey): Buffer {
  const parsed = JSON.parse(body.toString()) as Partial<Reencryptions>
  if (parsed.answers === undefined) return body
  const answers = parsed.answers.map(({ body }) =>
    signAnswer({ ...body, cfrags: toHex(falsifyBatch(fromHex(body.cfrags))) }, networkId, signingKey))
  return Buffer.from(JSON.stringify({ ...parsed, answers }))
}

async function main (): Promise<void> {
  const { values } = parseArgs({ options: { state: { type: 'string' }, organization: { type: 'string' } } })
  if (values.state === undefined || values.organization === undefined) throw new Error('usage: liar.ts --state DIR --organization ID')
  const { state, organization } = values
  const { networkId } = JSON.parse(readFileSync(join(state, 'network.json'), 'utf8')) as { networkId: string }
  const keys = JSON.parse(
    readFileSync(join(state, 'organizations', organization, 'gateway', 'data', 'proxy-keys.json'), 'utf8')
  ) as { signingSecret: string }
  const signingKey = SecretKey.fromBytes(fromHex(keys.signingSecret))
  const gateway = await startGatewayElsewhere(state, organization)
  const front = await TlsFront.start({
    stateDir: state,
    organizationId: organization,
    listenPort: gateway.publicPort,
    upstreamPort: gateway.listenPort,
    alters: (path) => path.startsWith('/v1/peer/reencryptions'),
    alter: (_, body) => lieIn(body, fromHex(networkId), signingKey)
  })
  console.log('ready')
  process.once('SIGTERM', () => {
    Promise.all([front.stop(), gateway.stop()]).then(() => process.exit(0), (error: unknown) => { console.error(error); process.exit(1) })
  })
}

if (import.meta.main) await main()
