import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { evmUrl } from '../../network/nodes/evm.ts'
import { loadContext } from '../../network/description/context.ts'
import { runVerb } from './verbs.ts'
import { assembleCast } from '../helpers/cast.ts'
import type { Cast } from '../helpers/cast.ts'
import { tellStory } from './story.ts'
import { peopleForPages } from './pages.ts'
import { Timeline } from './timeline.ts'
import { describeFile } from './files.ts'

/**
 * Plays the story of one record between two hospitals on the running network and writes build/demo.json.
 * Usage: node test/demo/demo.ts   (RECORD=path for a file of your own). Exit code 0 only when every step verified itself.
 */
const ROOT = join(import.meta.dirname, '..', '..')
const DEFAULT_RECORD = join(ROOT, 'test', 'data', 'fhir', 'Levi940_Gusikowski974.with-documents.json')

interface NetworkFile { organizations: Array<{ id: string, name: string, mspId: string }> }

const stateDir = process.env['EPIONE_STATE'] ?? join(ROOT, '.state')
const recordPath = process.env['RECORD'] === undefined || process.env['RECORD'] === '' ? DEFAULT_RECORD : process.env['RECORD']
if (!existsSync(recordPath)) {
  console.error(`RECORD=${recordPath}: no such file`)
  process.exit(2)
}
const folder = join(ROOT, 'build', 'demo')
await rm(folder, { recursive: true, force: true })
await mkdir(join(folder, 'opened'), { recursive: true })
const { organizations } = JSON.parse(await readFile(join(stateDir, 'network.json'), 'utf8')) as NetworkFile
const { evm, consortium } = (await loadContext()).topology
const rpcUrl = evm === undefined ? consortium.anchor?.rpcUrl : evmUrl(evm)
if (rpcUrl === undefined) {
  throw new Error('the story needs a consortium that anchors its blocks where an RPC is known: see `anchor` in network/consortium.json')
}
const [home, readerHospital, other] = organizations
if (home === undefined || readerHospital === undefined || other === undefined) throw new Error('the story needs three hospitals')

const record = await describeFile(recordPath)
console.log(`record ${recordPath} (${record.sizeBytes} bytes), from ${home.name} to ${readerHospital.name}`)
const timeline = new Timeline()
let opened: { sha256: string } | undefined
let cast: Cast | undefined
try {
  cast = await assembleCast({ stateDir, folder, home: home.id, readerHospital: readerHospital.id, unlocked: true })
  opened = await tellStory({ timeline, rpcUrl, cast, stateDir, folder, record, home, readerHospital, liarHospital: other })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
} finally {
  // Whatever happened, nobody's keys stay at hand, and every hospital's own gateway stands again.
  const parties = cast === undefined ? [] : [cast.patient, cast.author, cast.reader]
  await Promise.all([runVerb('up', []), ...parties.map((party) => party.lock())])
  await timeline.write(join(ROOT, 'build', 'demo.json'), { record, ...(opened === undefined ? {} : { opened }) })
}
console.log(
  timeline.complete
    ? `all ${timeline.steps.length} steps verified themselves; see build/demo.json`
    : 'the story did not finish; see build/demo.json'
)
console.log(`At the pages (make portal): \n${peopleForPages(ROOT, stateDir)}`)
process.exitCode = timeline.complete ? 0 : 1
