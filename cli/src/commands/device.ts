import type { Command } from 'commander'
import { ClientError, endDevice, listDevices, parseDeviceOffer, passDevice } from '@epione/sdk'
import type { DeviceShown } from '@epione/sdk'
import { DeviceHome, endThisDevice, initDevice, joinDevice, showDevice } from '@epione/device'
import type { Act } from './act.ts'
import { parseDays, parseDuration, parseStatementId } from './arguments.ts'
import { KIND_NAMES, parseKind } from './device-kinds.ts'
import { addDeviceRun } from './device-run.ts'
import { readText, requireFree, writeNewFile } from '../files.ts'
import { requireYes } from './prompt.ts'
import { showQr } from './qr.ts'
import type { QrOptions } from './qr.ts'
import type { CommandRun } from './run.ts'
import { parseInterval } from './times.ts'

interface InitOptions extends QrOptions { name: string, kind: string[], window: string, out?: string }
interface AddOptions extends QrOptions { category: string, days: string, from?: string, out: string, yes?: boolean }

/** Devices: at the patient's side `add`, `list`, `end`; at the device's `init`, `join`, `run`, `status`. */
export function addDeviceCommands (device: Command, act: Act): void {
  device.command('init <dir>')
    .description('at the device: make its key and its folder, and the offer that its patient is to be shown')
    .requiredOption('--name <name>', 'how the patient knows it; it stays off the ledger')
    .requiredOption('--kind <kinds...>', `what it measures: ${KIND_NAMES.join(', ')}, or SYSTEM|CODE|UNIT`)
    .option('--window <time>', 'how much is sealed together: 10s to 12h', '60s')
    .option('--out <file>', 'new file for the offer')
    .option('--qr', 'show the offer as a QR code on the terminal')
    .option('--qr-file <file>', 'write the QR code as SVG')
    .action((dir: string, options: InitOptions, command: Command) => act((run) => init(run, dir, options), command))

  device.command('add <offer>')
    .description('as the patient: let a device that made this offer write to your file, for a time')
    .requiredOption('--category <name>', 'what its measurements are, for example vital-signs')
    .requiredOption('--days <n>', 'for how long')
    .option('--from <time>', 'when it began to measure, where it brings what it measured before (default: now)')
    .requiredOption('--out <file>', 'new file: the pass for the device')
    .option('--qr', 'show the pass as a QR code on the terminal')
    .option('--qr-file <file>', 'write the QR code as SVG')
    .option('--yes', 'do not ask: the fingerprint was compared')
    .action((offer: string, options: AddOptions, command: Command) => act((run) => add(run, offer, options), command))

  device.command('join <dir>')
    .description('at the device: take up the patient\'s pass, and be on the ledger')
    .requiredOption('--pass <file>', 'what the patient gave back')
    .action((dir: string, { pass }: { pass: string }, command: Command) =>
      act(async () => joinDevice(new DeviceHome(dir), await readText(pass)), command))

  addDeviceRun(device, act)

  device.command('status <dir>')
    .description('at the device: what it keeps, and how far its stream is')
    .action((dir: string, _options: unknown, command: Command) => act(() => showDevice(new DeviceHome(dir)), command))

  device.command('list')
    .description('as the patient: your devices, and those that you had')
    .action((_options: unknown, command: Command) => act(list, command))

  device.command('end <device>')
    .description('end a device at once and for good: by its id as the patient, or by its folder at the device')
    .action((named: string, _options: unknown, command: Command) => act((run) => end(run, named), command))
}

async function init (run: CommandRun, dir: string, { name, kind, window, out, ...shown }: InitOptions): Promise<object> {
  if (out !== undefined) await requireFree(out)
  if (shown.qrFile !== undefined) await requireFree(shown.qrFile)
  const windowMs = parseDuration(window, '--window') * 1000
  const { networkId, networkName, document, gateways } = await run.loadNetwork()
  const home = new DeviceHome(dir)
  const { offer, fingerprint } = await initDevice(home, {
    networkId, networkName, document, gateways, name, kinds: kind.map(parseKind), windowMs
  })
  if (out !== undefined) await writeNewFile(out, offer)
  const made = out === undefined ? { offer: offer.trim() } : { out }
  return { device: home.folder, fingerprint, ...made, ...await showQr(run, offer, shown) }
}

async function add (run: CommandRun, path: string, { category, days, from, out, yes, ...shown }: AddOptions): Promise<object> {
  await requireFree(out)
  if (shown.qrFile !== undefined) await requireFree(shown.qrFile)
  const context = await run.loadPatient()
  const offer = await readText(path)
  const approve = async (device: DeviceShown): Promise<boolean> => {
    if (yes !== true) await requireYes(run.io, describe(device))
    return true
  }
  const wanted = { offer, category, days: parseDays(days), notBefore: parseInterval({ from }).from }
  const { file, ...added } = await passDevice(context, wanted, approve)
  await writeNewFile(out, file)
  await run.home.keepDevice(added.deviceId, { name: added.name, kinds: parseDeviceOffer(context, offer).kinds })
  return { ...added, out, ...await showQr(run, file, shown) }
}

function describe ({ name, category, kinds, notAfter, fingerprint }: DeviceShown): string {
  const measured = kinds.map(({ display, code }) => display ?? code).join(', ')
  return `"${name}" may write ${measured} to ${category} of your file until ${new Date(notAfter).toISOString()}; it reads nothing. It shows the fingerprint ${fingerprint}.`
}

async function list (run: CommandRun): Promise<object> {
  const context = await run.loadPatient()
  const [known, items] = await Promise.all([run.home.readDevices(), listDevices(context)])
  return { items: items.map((item) => ({ name: known[item.deviceId]?.name ?? 'unknown', ...item, kinds: known[item.deviceId]?.kinds })) }
}

async function end (run: CommandRun, named: string): Promise<object> {
  if (/^[0-9a-f]{64}$/.test(named)) return endDevice(await run.loadPatient(), parseStatementId(named))
  try {
    return await endThisDevice(new DeviceHome(named))
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== 'NOT_INITIALIZED') throw error
    throw new ClientError('USAGE', `"${named}" is neither the id of a device, 64 hex digits, nor the folder of one.`, {}, { cause: error })
  }
}
