import t from 'tap'
import type { ProvenWindows, WindowAnswers } from '@epione/protocol/api'
import { DEFAULT_LIMITS } from '../../../../gateway/src/http/limits.ts'
import type { TestRecord } from '../../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, Sharing } from '../../../helpers/sharing.ts'
import { TestStream } from '../../../helpers/streaming.ts'
import { addDevice, addSegment, proveRow, proveWindows } from '../../../helpers/window-fixtures.ts'

const limits = { ...DEFAULT_LIMITS, requestsPerPeer: 60 }

t.test('another hospital\'s gateway is counted by the windows that it asks for', async (t) => {
  const sharing = await Sharing.create(t, { special: (mspId) => mspId === 'CoreMSP' ? { config: { limits } } : {} })
  sharing.of(READER_MSP).app.ports.lot = () => ['CoreMSP', READER_MSP]
  const segment = await addSegment(sharing, new TestStream(sharing.world, await addDevice(sharing)), 60)
  const grant = await sharing.createGrant()
  await sharing.grant(grant)
  const eventId = await sharing.permit(grant.consentId, [segment as unknown as TestRecord])
  const isRefused = async (windows: ProvenWindows[]): Promise<boolean> => {
    const { body } = await post(sharing.of(READER_MSP).app, `/v1/access-events/${eventId}/window-answers`, { windows }, sharing.token)
    const { failures } = body as unknown as WindowAnswers
    return JSON.stringify(failures).includes('TOO_MANY_REQUESTS')
  }
  for (let count = 0; count < 15; count++) t.equal(await isRefused([proveRow(segment, count, count + 1)]), false, 'one window is one request')
  const refused: boolean[] = []
  while (refused.length < 12 && refused.at(-1) !== true) refused.push(await isRefused(proveWindows(segment)))
  t.equal(refused.at(-1), true, '60 windows count for four')
  t.ok(refused.length > 3, `not before the ${String(refused.length)}th`)
})
