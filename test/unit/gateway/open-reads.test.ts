import t from 'tap'
import '../../../gateway/src/http/open-reads.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import { publishPatient } from '../../helpers/ledger-fixtures.ts'
import { TestStream } from '../../helpers/streaming.ts'
import { addDevice, addSegment } from '../../helpers/window-fixtures.ts'

t.test('segments and beats, most blocks where devices write, empty no answers kept for strangers', async (t) => {
  const { app, consortium: { world } } = await buildGateway(t)
  const patient = await publishPatient(world)
  const device = await addDevice({ world, patient })
  await app.events.catchUp()
  let forgotten = 0
  const { openReads } = app
  const forget = openReads.forget.bind(openReads)
  openReads.forget = () => {
    forgotten += 1
    forget()
  }
  const before = app.events.position
  await addSegment({ world }, new TestStream(world, device), 2)
  await world.gateway('CoreMSP').ledger.beat()
  await app.events.catchUp()
  t.ok(Number(app.events.position) >= Number(before) + 2, 'both blocks were followed')
  t.equal(forgotten, 0)
  await addDevice({ world, patient })
  await app.events.catchUp()
  t.equal(forgotten, 1, 'what is read may have another device now')
})
