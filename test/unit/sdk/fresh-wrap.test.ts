import t from 'tap'
import { addRecord, makeCard, sortRecord } from '@epione/sdk'
import { Hospitals } from '../../helpers/client/hospitals.ts'

// Three gateways start here, beside whatever else the machine does.
t.setTimeout(300_000)
const hospitals = await Hospitals.open(t)
const { core } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const { card } = await makeCard(patient)

async function * once (): AsyncGenerator<Uint8Array, void, void> {
  yield await Promise.resolve(Buffer.from('a record'))
}

/** The ledger's refusal of a wrap that somebody else registered first, `times` times; returns the wraps that were sent. */
function squat (route: RegExp, times: number): string[] {
  const wraps: string[] = []
  core.front.instead = (method, path, body) => {
    if (method !== 'POST' || !route.test(path)) return undefined
    wraps.push((JSON.parse(body.toString()) as { wrap: string }).wrap)
    return wraps.length > times ? undefined : { status: 409, body: { code: 'WRAP_EXISTS', detail: 'Make a new wrap.', status: 409 } }
  }
  return wraps
}

const add = (): Promise<{ recordId: string }> => addRecord(author, { source: once(), category: 'summary', mediaClass: 'document', card })

t.test('a record whose wrap somebody registered first is registered under a new one', async (t) => {
  const wraps = squat(/^\/v1\/records$/, 2)
  const { recordId } = await add()
  t.match(recordId, /^[0-9a-f]{32}$/)
  t.equal(new Set(wraps).size, 3)
})

t.test('a rewrap whose wrap somebody registered first is made again', async (t) => {
  core.front.instead = undefined
  const { recordId } = await add()
  const wraps = squat(/rewrap/, 1)
  t.match(await sortRecord(patient, recordId, 'imaging'), { items: [{ recordId, category: 'imaging' }] })
  t.equal(new Set(wraps).size, 2)
})

t.test('who goes on being refused is told so', async (t) => {
  const wraps = squat(/^\/v1\/records$/, 9)
  await t.rejects(add(), { code: 'REFUSED', details: { gatewayCode: 'WRAP_EXISTS' } })
  t.equal(wraps.length, 3)
})
