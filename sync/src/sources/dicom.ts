import type * as DicomParser from 'dicom-parser'
import type { DataSet } from 'dicom-parser'
import { Left } from '../errors.ts'

/** Part 10 begins with 128 bytes of anything, and this. */
const MAGIC = Buffer.from('DICM')
const MAGIC_AT = 128
/** Header (bytes) before the pixels that is read. */
const HEADER_BYTES_MAX = 16 * 1024 * 1024
const PIXEL_DATA = 'x7fe00010'
const [IMPLICIT_LE, BIG_ENDIAN, DEFLATED] = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1.99']
/** Value representations whose length has 32 bits. */
const LONG = ['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']
const UNDEFINED_LENGTH = 0xffffffff
const UID = /^[0-9]+(?:\.[0-9]+)*$/

export interface DicomHead {
  /** SOPInstanceUID. */
  readonly instance: string
  /** PatientID, with its issuer before it where the file names one: `ISSUER|ID`. */
  readonly patient: string | undefined
}

/** Bytes at a place of a file; fewer at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>

export const isDicom = (begin: Uint8Array): boolean => MAGIC.equals(begin.subarray(MAGIC_AT, MAGIC_AT + MAGIC.length))

/**
 * Whose picture a file of DICOM (Part 10) is, and that it is as long as it says: an element that runs over the file's end, or bytes after
 * its last one, mean that it is not whole. @throws {Left} DICOM_INVALID, DICOM_SIZE_FALSE
 */
export async function readDicom (readAt: ReadAt, sizeBytes: number): Promise<DicomHead> {
  const { default: dicom } = await import('dicom-parser')
  const bytes = await readAt(0, Math.min(sizeBytes, HEADER_BYTES_MAX))
  if (!isDicom(bytes)) throw new Left('DICOM_INVALID', 'it is no file of DICOM')
  const set = parse(dicom, bytes, sizeBytes)
  const syntax = stringOf(set, 'x00020010') ?? ''
  if (syntax === DEFLATED || syntax === BIG_ENDIAN) throw new Left('DICOM_INVALID', `its transfer syntax ${syntax} is not read: have it written as Explicit VR Little Endian`)
  const pixels = set.elements[PIXEL_DATA]
  const end = pixels === undefined ? endOf(set) : pixels.dataOffset - lengthOfHead(syntax)
  await requireWhole(readAt, { from: end, sizeBytes, isExplicit: syntax !== IMPLICIT_LE })
  const [instance = '', patient, issuer] = ['x00080018', 'x00100020', 'x00100021'].map((tag) => stringOf(set, tag))
  if (!isUid(instance)) throw new Left('DICOM_INVALID', 'it has no SOPInstanceUID')
  return { instance, patient: patient === undefined || patient === '' ? undefined : issuer === undefined || issuer === '' ? patient : `${issuer}|${patient}` }
}

export const isUid = (text: string): boolean => text.length <= 64 && UID.test(text)

/** Tag, representation and length of the pixels' element. */
const lengthOfHead = (syntax: string): number => syntax === IMPLICIT_LE ? 8 : 12

function parse (dicom: typeof DicomParser, bytes: Uint8Array, sizeBytes: number): DataSet {
  try {
    return dicom.parseDicom(bytes, { untilTag: PIXEL_DATA })
  } catch (cause) {
    const isCut = bytes.length < sizeBytes
    throw new Left(isCut ? 'DICOM_INVALID' : 'DICOM_SIZE_FALSE', isCut ? `its header has more than ${String(HEADER_BYTES_MAX)} bytes` : 'its elements do not fit into it', { cause })
  }
}

/** @throws {Left} DICOM_SIZE_FALSE */
function stringOf (set: DataSet, tag: string): string | undefined {
  try {
    return set.string(tag)
  } catch (cause) {
    throw new Left('DICOM_SIZE_FALSE', `its element ${tag} runs over its end`, { cause })
  }
}

function endOf ({ elements }: DataSet): number {
  return Object.values(elements).reduce((end, { dataOffset, length }) => Math.max(end, dataOffset + length), 0)
}

interface Rest { from: number, readonly sizeBytes: number, readonly isExplicit: boolean }

/** Walks the elements from the pixels on by their lengths, without reading them. */
async function requireWhole (readAt: ReadAt, { from, sizeBytes, isExplicit }: Rest): Promise<void> {
  let at = from
  while (at < sizeBytes) {
    const head = Buffer.from(await readAt(at, 12))
    if (head.length < 8) throw tooShort()
    const isItem = head.readUInt16LE(0) === 0xfffe
    const { length, headBytes } = lengthIn(head, isExplicit && !isItem)
    // What has no length goes on in items, up to a delimiter that has none.
    at += headBytes + (length === UNDEFINED_LENGTH ? 0 : length)
  }
  if (at !== sizeBytes) throw tooShort()
}

const tooShort = (): Left => new Left('DICOM_SIZE_FALSE', 'its last element runs over its end: it is not whole')

function lengthIn (head: Buffer, isExplicit: boolean): { length: number, headBytes: number } {
  if (!isExplicit) return { length: head.readUInt32LE(4), headBytes: 8 }
  const representation = head.toString('latin1', 4, 6)
  if (!LONG.includes(representation)) return { length: head.readUInt16LE(6), headBytes: 8 }
  if (head.length < 12) throw tooShort()
  return { length: head.readUInt32LE(8), headBytes: 12 }
}
