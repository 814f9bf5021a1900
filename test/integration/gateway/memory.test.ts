import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import t from 'tap'
import { GatewayClient, createPatientKeys, createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const MIB = 1_048_576
/** A gibibyte with SLOW=1; without it a body that is still far larger than what a gateway may hold of it. */
const CONTENT_BYTES = process.env['SLOW'] === '1' ? 1024 * MIB : 192 * MIB
/** What streaming may add to a gateway's resident memory, at any size: buffers of sockets, disk and hashing. */
const GROWTH_MAX_MIB = 120

const network = await TestNetwork.shared()
t.teardown(() => network.destroy())
const file = await network.network()
const core = new GatewayClient(file, network.stateDir, 'core')
t.teardown(() => core.close())

/** Samples resident memory of processes while `work` runs; answers growth over the start, in MiB. */
async function measure<T> (
  pids: readonly number[],
  work: () => Promise<T>
): Promise<{ result: T, ms: number, growthMib: number[], peakMib: number[] }> {
  const before = pids.map(residentMib)
  const peakMib = [...before]
  const timer = setInterval(() => { pids.forEach((pid, i) => { peakMib[i] = Math.max(peakMib[i] ?? 0, residentMib(pid)) }) }, 50)
  const started = performance.now()
  try {
    const result = await work()
    return {
      result,
      ms: Math.round(performance.now() - started),
      growthMib: peakMib.map((peak, i) => Math.round(peak - (before[i] ?? 0))),
      peakMib: peakMib.map(Math.round)
    }
  } finally {
    clearInterval(timer)
  }
}

function residentMib (pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))
  return Number(match?.[1] ?? 0) / 1024
}

t.test(`a body of ${String(CONTENT_BYTES / MIB)} MiB leaves the memory of gateways flat, up, across and down`, {
  skip: process.platform !== 'linux' && 'reads /proc'
}, async (t) => {
  const pids = await Promise.all(['gateway.core', 'gateway.regional1', 'gateway.regional2'].map((name) => network.pid(name)))
  const patient = createPatientKeys()
  await core.registerPatient(patient)
  const author = await core.hire(`dr-memory-${createRecordId().slice(0, 8)}`)
  const recordId = createRecordId()

  const up = await measure(pids, () =>
    core.upload(Readable.from(sealZeros(recordId, CONTENT_BYTES, author.requestKey)), author.authorization))
  t.equal(up.result.status, 201)
  t.comment(`upload: ${String(up.ms)} ms, growth ${up.growthMib.join(' and ')} MiB, peak ${up.peakMib.join(' and ')} MiB`)

  const across = await measure(pids, () =>
    core.send('POST', '/v1/records', core.signRecord(author, patient, recordId, up.result.body), { authorization: author.authorization }))
  // The other one is whichever was faster.
  t.match(across.result, { status: 201, body: { copies: ['CoreMSP', /^Regional[12]MSP$/] } })
  t.comment(
    `register with copy: ${String(across.ms)} ms, growth ${across.growthMib.join(' and ')} MiB, peak ${across.peakMib.join(' and ')} MiB`
  )

  const down = await measure(pids, async () => {
    const { body } = await core.download(`/v1/records/${recordId}/versions/1/content`, core.session(patient))
    let bytes = 0
    for await (const piece of body) bytes += (piece as Buffer).length
    return bytes
  })
  t.equal(down.result, up.result.body['sizeBytes'])
  t.comment(`download: ${String(down.ms)} ms, growth ${down.growthMib.join(' and ')} MiB, peak ${down.peakMib.join(' and ')} MiB`)

  for (const growth of [up, across, down].flatMap((m) => m.growthMib)) t.ok(growth < GROWTH_MAX_MIB, `${String(growth)} MiB`)
})
