import type { Command } from 'commander'
import { ClientError } from '@epione/sdk'
import type { Act } from './act.ts'
import { parseEventId, parseRecordVersion } from './arguments.ts'
import { keepEvidence } from './keep-evidence.ts'
import type { CommandRun } from './run.ts'
import { readShown, showing, withPackage } from './sync.ts'
import type { Shown } from './sync.ts'

interface Options extends Shown { to: string, as?: string, record?: string[] }

/** `deliver`: what a reader opens, in the reader's own FHIR server. */
export function addDeliver (deliver: Command, act: Act): void {
  showing(deliver)
    .requiredOption('--to <url>', 'the own FHIR R4 server')
    .option('--as <reference>', 'the patient there, as Patient/123 (default: whom the server knows by the identifier urn:epione:patient)')
    .option('--record <records...>', 'ID or ID:VERSION, of those that the event names (default: all)')
    .action((event: string, options: Options, command: Command) => act((run) => into(run, event, options), command))
}

async function into (run: CommandRun, event: string, options: Options): Promise<object> {
  const { to, as, record } = options
  if (as !== undefined && !/^Patient\/[A-Za-z0-9.-]{1,64}$/.test(as)) throw new ClientError('USAGE', `--as: expected a patient as Patient/123, got "${as}".`)
  const [eventId, records] = [parseEventId(event), record?.map(parseRecordVersion)]
  const shown = await readShown(options)
  return await withPackage(async (sync) => {
    const context = await run.loadPractitioner()
    const items = await sync.deliver({ context, eventId, records, to, ...shown, patient: as, onEvidence: keepEvidence(run) })
    const failed = items.filter(({ outcome }) => outcome === 'failed')
    if (failed.length > 0) throw new ClientError('SYNC_INCOMPLETE', `${failed.length} of ${items.length} records were not delivered, each for its own reason.`, { eventId, to, items })
    return { eventId, to, items }
  })
}
