import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Cfrag, SecretKey, fromHex, signAnswer, toHex } from '@epione/crypto'
import type { AnswerBody } from '@epione/crypto'
import { startGatewayElsewhere } from './gateway-process.ts'
import { TlsFront } from './tls-front.ts'

/**
 * A hospital that lies: stands in its gateway's place, with its certificate and its proxy's signing key, and answers every
 * request for re-encryption with a well-formed, correctly signed, but false cfrag. The product has no switch for this.
 * Usage: node test/helpers/liar.ts --state DIR --organization ID   (prints `ready`, runs until it is ended)
 */
interface Reencryptions { answers: Array<{ recordId: string, version: number, answer: { body: AnswerBody, signature: string } }> }

/** E1 and V1 open a cfrag (33 bytes each): swapping them gives valid points that fit no proof. */
function falsify (cfragHex: string): string {
  const bytes = fromHex(cfragHex)
  const swapped = Uint8Array.from(bytes)
  swapped.set(bytes.subarray(33, 66), 0)
  swapped.set(bytes.subarray(0, 33), 33)
  return toHex(Cfrag.fromBytes(swapped).toBytes())
}

function lieIn (body: Buffer, networkId: Uint8Array, signingKey: SecretKey): Buffer {
  const parsed = JSON.parse(body.toString()) as Partial<Reencryptions>
  if (parsed.answers === undefined) return body
  const answers = parsed.answers.map((a) =>
    ({ ...a, answer: signAnswer({ ...a.answer.body, cfrag: falsify(a.answer.body.cfrag) }, networkId, signingKey) }))
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
