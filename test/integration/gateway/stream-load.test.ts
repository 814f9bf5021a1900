import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { SLOW } from '../../helpers/flood.ts'
import { StreamLoad } from '../../helpers/stream-load.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/* Devices of many patients under load, while the gateway that they send to is killed. */

const [devices, seconds] = SLOW ? [1_000, 300] : [100, 30]
t.setTimeout((seconds + 600) * 1000)
const network = await TestNetwork.create()
t.teardown(() => network.destroy())
const DAY_S = 86_400

t.test(`${String(devices)} devices, a window each 10 s for ${String(seconds)} s: nothing is lost or doubled though the gateway is killed`, async (t) => {
  const load = await StreamLoad.prepare(network, { devices, lastsMs: seconds * 1000, everyMs: 10_000, windowBytes: 1_024 })
  t.teardown(() => load.close())
  const figures = await load.run(async () => {
    await delay(seconds * 500)
    await load.killGateway(2_000)
  })
  t.same(await load.findFaults(), [])
  const { windows, segments, segmentTransactions, ledgerBytes, lagMs, undisturbedLagP95Ms } = figures
  t.ok(windows >= devices * Math.floor(seconds / 10 - 1), 'every device sent')
  t.ok(segmentTransactions * 2 <= segments, 'segments share transactions')
  const perDay = 24 / segments
  t.comment(`${String(windows)} windows of ${String(devices)} devices in ${String(seconds)} s; lag p50 ${String(lagMs.p50)} ms, p95 ${String(lagMs.p95)} ms, ` +
    `p95 while the gateway ran ${String(undisturbedLagP95Ms)} ms, longest ${String(lagMs.max)} ms`)
  t.comment(`${String(segments)} segments in ${String(segmentTransactions)} transactions, ${String(ledgerBytes)} bytes of ledger; with a segment an hour, per device and day: ` +
    `${(segmentTransactions * perDay).toFixed(2)} transactions, ${String(Math.round(ledgerBytes * perDay))} bytes; per window of 10 s ${(ledgerBytes * perDay / (DAY_S / 10)).toFixed(1)} bytes`)
  t.ok(ledgerBytes * perDay <= 200_000, 'a device costs the ledger at most 200 kB a day')
})
