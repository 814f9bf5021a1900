import t from 'tap'
import { READER_MSP, Sharing } from '../../../helpers/sharing.ts'

t.test('a record is shared end to end through three gateways', async (t) => {
  const sharing = await Sharing.create(t)
  const consentId = await sharing.activate()
  const eventId = await sharing.permit(consentId)
  const t0 = performance.now()
  const { status, body } = await sharing.collect(eventId)
  t.comment(`${performance.now() - t0} ms`)
  if (status !== 200) t.comment(JSON.stringify(body), sharing.of(READER_MSP).log.filter((l) => l.includes('"level":40') || l.includes('"level":50')).join('\n'))
  t.equal(status, 200)
  t.same(body.failures, [])
  t.same(body.answers.map((a) => a.mspId).sort(), [...sharing.world.members].sort())
  t.equal(sharing.open(sharing.record, body.answers.slice(0, 2)).length, 32)
  t.equal(sharing.of(READER_MSP).mspId, READER_MSP)
})
