import type { Series } from '@epione/protocol/streams'
import { SignalError } from '../errors.ts'
import { readCsv } from './csv/read.ts'
import { writeCsv } from './csv/write.ts'
import { readEdf } from './edf/read.ts'
import { writeEdf } from './edf/write.ts'
import { readFhir } from './fhir/read.ts'
import { observationsOf, writeFhir } from './fhir/write.ts'
import { readOpenMHealth } from './open-mhealth/read.ts'
import { writeOpenMHealth } from './open-mhealth/write.ts'
import type { Format, Reading } from './reading.ts'

export { FORMATS } from './reading.ts'
export type { Format, Reading } from './reading.ts'
export type { EdfFile } from './edf/write.ts'
export { observationsOf, readCsv, readEdf, readFhir, readOpenMHealth, writeCsv, writeEdf, writeFhir, writeOpenMHealth }
export { convert, convertSeries, isUnit, requireUnit } from '../units.ts'
export { formatInstant, parseInstant } from './times.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** What a writer returns: the file, and what it could not say exactly. */
export interface Written {
  readonly bytes: Uint8Array
  /** The largest rounding of each series, in its unit: 0 but for EDF. */
  readonly roundedBy: readonly number[]
}

/**
 * Reads a file of a format. `description` is that of CSV that has none of its own.
 * @throws {SignalError} what does not validate, with line and column (EDF: the byte)
 */
export function readFile (bytes: Uint8Array, format: Format, { description }: { description?: string | undefined } = {}): Reading {
  if (format === 'edf') return readEdf(bytes)
  const text = decode(bytes)
  if (format === 'csv') return readCsv(text, description)
  return format === 'omh' ? readOpenMHealth(text) : readFhir(text)
}

/** Writes a file of a format. `subject` is FHIR's reference to the patient. @throws {SignalError} what the format cannot say */
export function writeFile (series: readonly Series[], format: Format, { subject }: { subject?: string | undefined } = {}): Written {
  if (format === 'edf') return writeEdf(series)
  const text = format === 'csv' ? writeCsv(series) : format === 'omh' ? writeOpenMHealth(series) : writeFhir(series, subject === undefined ? {} : { subject })
  return { bytes: new TextEncoder().encode(text), roundedBy: series.map(() => 0) }
}

function decode (bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (error) {
    throw new SignalError('FORMAT_INVALID', 'this is no text in UTF-8', { line: 1, column: 1, cause: error })
  }
}
