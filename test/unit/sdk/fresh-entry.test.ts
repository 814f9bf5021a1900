import t from 'tap'
import { addRecord, makeCard, sortRecord } from '@epione/sdk'
import { bytes } from '../../helpers/client/bytes.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const { card } = await makeCard(patient)

/** The ledger's refusal of an entry for a search key that was raised meanwhile, `times` times; returns the wraps that were sent. */
function outdate (route: RegExp, times: number): string[] {
  const wraps: string[] = []
  core.front.instead = (method, path, body) => {
    if (method !== 'POST' || !route.test(path)) return undefined
    wraps.push((JSON.parse(body.toString()) as { wrap: string }).wrap)
    return wraps.length > times ? undefined : { status: 409, body: { code: 'INDEX_OUTDATED', detail: 'Make a new entry.', status: 409 } }
  }
  return wraps
}

const add = (): Promise<{ recordId: string }> => addRecord(author, { source: bytes('a record'), category: 'summary', mediaClass: 'document', card })

t.test('a record whose entry is outdated is registered with a new one', async (t) => {
  const wraps = outdate(/^\/v1\/records$/, 2)
  const { recordId } = await add()
  t.match(recordId, /^[0-9a-f]{32}$/)
  t.equal(new Set(wraps).size, 3)
})

t.test('a rewrap whose entry is outdated is made again', async (t) => {
  core.front.instead = undefined
  const { recordId } = await add()
  const wraps = outdate(/rewrap/, 1)
  t.match(await sortRecord(patient, recordId, 'imaging'), { items: [{ recordId, category: 'imaging' }] })
  t.equal(new Set(wraps).size, 2)
})

t.test('who goes on being refused is told so', async (t) => {
  const wraps = outdate(/^\/v1\/records$/, 9)
  await t.rejects(add(), { code: 'REFUSED', details: { gatewayCode: 'INDEX_OUTDATED' } })
  t.equal(wraps.length, 3)
})
