import { Info, Returns, Transaction } from 'fabric-contract-api'
import { Hash, LEDGER_EVENTS, LEDGER_KEYS, PatientId } from '@epione/protocol'
import { checkArgument } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { addDevice, endDevice, isDevice, loadDevice } from './device-states.ts'
import { loadDirectory } from './directory-heads.ts'
import { LedgerContract } from './ledger-contract.ts'
import { parsePage, readPage } from './pages.ts'
import { toResult } from './result.ts'
import { requireActive } from './standing.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import { parseValue } from './state-store.ts'
import type { DeviceState, Page } from '@epione/protocol'
import type { StoredDevice } from './stored.ts'

@Info({ title: 'Devices', description: 'Devices that write streams for patients' })
export class DevicesContract extends LedgerContract {
  constructor () {
    super('Devices')
  }

  /** A device that its patient introduces; both have signed. */
  @Transaction()
  @Returns('string')
  async Add (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Device', statement)
    const { patientId, key } = accepted.body
    const directory = await loadDirectory(ctx, patientId)
    requireSigners(accepted, [directory.identityKey, key], 'the patient\'s identity key and the device\'s own')
    await requireActive(ctx, patientId)
    const device = await addDevice(ctx, accepted, directory)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.deviceAdded, device)
  }

  /** From its block on the device registers nothing; also while the patient is frozen. */
  @Transaction()
  @Returns('string')
  async End (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'DeviceEnd', statement)
    const { entry, isFirst } = await endDevice(ctx, accepted, await loadDirectory(ctx, accepted.body.patientId))
    await storeReceipt(ctx, accepted)
    return isFirst ? ctx.emit(LEDGER_EVENTS.deviceEnded, entry) : toResult(entry)
  }

  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, patientId: string, deviceId: string): Promise<string> {
    const id = checkArgument(PatientId, patientId, 'a patient id')
    return toResult(await loadDevice(ctx, id, checkArgument(Hash, deviceId, 'the id of a device')))
  }

  /** A patient's devices, those that ended too; an end that came before its device is none. */
  @Transaction(false)
  @Returns('string')
  async ListByPatient (ctx: LedgerContext, patientId: string, pageSize: string, bookmark: string): Promise<string> {
    const prefix = LEDGER_KEYS.devices(checkArgument(PatientId, patientId, 'a patient id'))
    const page = await readPage(ctx.stub, prefix, parsePage(pageSize, bookmark))
    const items = page.entries.map((entry) => parseValue(entry) as StoredDevice).filter(isDevice)
    return toResult({ items, bookmark: page.bookmark } satisfies Page<DeviceState>)
  }
}
