import { execFile } from 'node:child_process'
import { createReadStream, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import t from 'tap'
import { createEventId } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type {} from '../../../../gateway/src/ledger/events-plugin.ts'
import type { AccessEventsTable } from '../../../../gateway/src/store/tables.ts'
import { writeNetworkFile } from '../../../helpers/client/cli.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import { bindPractitioner, publishPatient, registerRecord, signRequest } from '../../../helpers/ledger-fixtures.ts'

/* An export of a long log, whose memory does not follow its length: in a process of its own, of a gateway in this one. */

const ENTRIES = process.env['SLOW'] === '1' ? 100_000 : 5_000
/** Of the command's process, at its largest; node alone with these modules has some 110. */
const MEMORY_LIMIT_MIB = 256
/** By how much the gateway's may grow meanwhile. */
const GROWTH_LIMIT_MIB = 200
const MIB = 1024 * 1024
const BIN = new URL('../../../../cli/bin/epione.js', import.meta.url).pathname
/** Said by a process as it ends. */
const REPORT_MEMORY = 'data:text/javascript,process.on("exit",()=>process.stderr.write("maxrss "+process.resourceUsage().maxRSS+"\\n"))'

const consortium = await createConsortium(t)
const { world, network } = consortium
const gateway = await buildGateway(t, { consortium, listen: true })
const { app } = gateway
const [patient, reader] = [await publishPatient(world), await bindPractitioner(world)]
const record = await registerRecord(world, reader, patient)
const ask = async (): Promise<AccessEvent> => (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))).value
const [oldest, newest] = [await ask(), await ask()]
await app.events.waitFor(world.memory.height - 1n, AbortSignal.timeout(10_000))

/** Rows as the projection writes them, between the two events that the ledger knows: those are proven at the end. */
async function fill (): Promise<void> {
  const { db } = app.store
  const template = await db.selectFrom('access_events').selectAll().where('event_id', '=', oldest.eventId).executeTakeFirstOrThrow()
  for (let from = 0; from < ENTRIES; from += 500) {
    await db.insertInto('access_events').values(Array.from({ length: Math.min(500, ENTRIES - from) }, (_, i): AccessEventsTable => {
      const [n, time] = [from + i, oldest.time + from + i]
      const txId = n.toString(16).padStart(64, '0')
      const event: AccessEvent = { ...oldest, txId, time, eventId: createEventId(patient.patientId, time, txId) }
      const place = { block_number: template.block_number + 1 + Math.floor(n / 10), event_index: n % 10 }
      return { ...template, ...place, event_id: event.eventId, tx_id: txId, time, event: JSON.stringify(event) }
    })).execute()
  }
  await db.updateTable('access_events').set({ block_number: template.block_number + ENTRIES }).where('event_id', '=', newest.eventId).execute()
}

t.test(`${ENTRIES} entries go into a file and are verified in constant memory`, async (t) => {
  await fill()
  const dir = t.testdir({})
  const organization = network.organizations.find(({ mspId }) => mspId === 'CoreMSP')
  if (organization === undefined) throw new Error('no core')
  const { mspId, id, name, tlsCaPem, gatewayUrl: url } = organization
  const networkFile = writeNetworkFile(join(dir, 'network'), { all: [{ info: { mspId, id, name, url, tlsCaPem } }], consortium })
  writeFileSync(join(dir, 'token'), await gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  const env = { PATH: process.env['PATH'], EPIONE_HOME: join(dir, 'home'), EPIONE_TOKEN_FILE: join(dir, 'token') }
  const run = async (args: string[]): Promise<{ json: Record<string, unknown>, memoryMib: number }> => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', REPORT_MEMORY, BIN, ...args, '--network', networkFile, '--json'], { env })
    return { json: JSON.parse(stdout) as Record<string, unknown>, memoryMib: Math.round(Number(/maxrss ([0-9]+)/.exec(stderr)?.[1]) / 1024) }
  }
  const before = process.memoryUsage().rss
  let largest = before
  const watch = setInterval(() => { largest = Math.max(largest, process.memoryUsage().rss) }, 50)
  const file = join(dir, 'log.ndjson')
  const started = performance.now()
  const exported = await run(['audit', 'export', '--format', 'ndjson', '--out', file, '--gateway', 'core'])
  const ms = Math.round(performance.now() - started)
  const verified = await run(['verify', file])
  clearInterval(watch)
  t.match(exported.json, { count: ENTRIES + 2 })
  t.match(verified.json, { count: ENTRIES + 2, attestedBy: ['CoreMSP'] })
  let lines = 0
  for await (const line of createInterface({ input: createReadStream(file) })) if (line !== '') lines += 1
  t.equal(lines, ENTRIES + 2)
  const growth = Math.round((largest - before) / MIB)
  t.comment(`${ENTRIES} entries, ${Math.round(statSync(file).size / MIB)} MiB: ${ms} ms; the command had ${exported.memoryMib} MiB, verifying ${verified.memoryMib}, the gateway grew by ${growth}`)
  t.ok(exported.memoryMib < MEMORY_LIMIT_MIB && verified.memoryMib < MEMORY_LIMIT_MIB, `${exported.memoryMib} and ${verified.memoryMib} MiB`)
  t.ok(growth < GROWTH_LIMIT_MIB, `${growth} MiB`)
})
