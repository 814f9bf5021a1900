import type { CommandRun } from './run.ts'
import { writeWhole } from '../files.ts'

/** Most bytes of text that a QR code of the largest size holds at the level of correction used here. */
const QR_BYTES_MAX = 2_331

export interface QrOptions { qr?: boolean, qrFile?: string }

/** Shows a text as a QR code on the terminal, or writes one as SVG: for a device with a camera and no way to take a file. */
export async function showQr (run: CommandRun, text: string, { qr, qrFile }: QrOptions): Promise<{ qrFile?: string }> {
  if (qr !== true && qrFile === undefined) return {}
  const trimmed = text.trim()
  const { ClientError } = await import('@epione/sdk/errors')
  const bytes = new TextEncoder().encode(trimmed).length
  if (bytes > QR_BYTES_MAX) {
    throw new ClientError('USAGE', `This has ${bytes} bytes, and a QR code holds ${QR_BYTES_MAX}: hand it over as a file, or name fewer kinds.`)
  }
  const { default: encodeQR } = await import('qr')
  if (qr === true) run.say(encodeQR(trimmed, 'term', { ecc: 'medium' }))
  if (qrFile === undefined) return {}
  const svg = new TextEncoder().encode(`${encodeQR(trimmed, 'svg', { ecc: 'medium' })}\n`)
  await writeWhole(qrFile, (async function * () { yield await Promise.resolve(svg) })())
  return { qrFile }
}
