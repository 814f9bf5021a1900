import { UndiciTransport } from '@epione/cli'
import t from 'tap'
import { BearerToken, Gateways, addRecord, makeCard } from '@epione/sdk'
import type { PractitionerContext } from '@epione/sdk'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const MIB = 1024 * 1024
const LIMIT_BYTES = 2 * MIB
const hospitals = await Hospitals.open(t, { config: { maxContentBytes: LIMIT_BYTES } })
const { core } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const { card } = await makeCard(patient)

/** The author with connections that no front stands in, so that bytes stream as they do in earnest. */
function direct (token = author.token): PractitionerContext {
  const gateways = new Gateways(hospitals.all.map(({ info, gateway }) =>
    ({ ...info, url: `https://localhost:${gateway.config.listen.port}` })), { connect: (info) => new UndiciTransport(info) })
  t.teardown(() => gateways.close())
  return { ...author, gateways, token }
}

async function * repeat (mib: number): AsyncGenerator<Uint8Array, void, void> {
  for (let i = 0; i < mib; i++) yield await Promise.resolve(Buffer.alloc(MIB, i))
}

const add = (
  context: PractitionerContext,
  source: AsyncIterable<Uint8Array>
): Promise<unknown> => addRecord(context, { source, category: 'summary', mediaClass: 'document', card })

t.test('a record that is too large is refused in the gateway\'s words, although half of it is still to be sent', async (t) => {
  await t.rejects(add(direct(), repeat(64)), { code: 'REFUSED', exitCode: 3, details: { status: 413, gatewayCode: 'CONTENT_TOO_LARGE' } })
})

t.test('a token that is not valid is told at the start of an upload', async (t) => {
  await t.rejects(add(
    direct(new BearerToken('no.such.token')),
    repeat(64)
  ), { code: 'REFUSED', details: { status: 401, gatewayCode: 'TOKEN_INVALID' } })
})

t.test('a source that breaks is reported as what it is, and nothing is registered', async (t) => {
  async function * breaking (): AsyncGenerator<Uint8Array, void, void> {
    yield * repeat(1)
    throw Object.assign(new Error('the disk broke'), { code: 'EIO' })
  }
  await t.rejects(add(direct(), breaking()), { message: 'the disk broke', code: 'EIO' })
})

t.test('an empty record is refused', async (t) => {
  await t.rejects(add(direct(), repeat(0)), { code: 'FILE_EMPTY', exitCode: 2 })
})

t.test('a record within the limit is stored at two hospitals', async (t) => {
  t.match(await add(direct(), repeat(1)), { sizeBytes: MIB, copies: ['CoreMSP', String], confirmedElsewhere: true })
})
