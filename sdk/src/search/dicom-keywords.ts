import type * as DicomParser from 'dicom-parser'
import type { DataSet } from 'dicom-parser'
import type { FoundKeywords } from './found-keywords.ts'

const MAGIC = [0x44, 0x49, 0x43, 0x4d]
const MAGIC_AT = 128
const PIXEL_DATA = 'x7fe00010'
/** Its content is compressed as a whole; it is left unread, as nothing bounds what it becomes. */
const DEFLATED = '1.2.840.10008.1.2.1.99'
const TAGS = {
  transferSyntax: 'x00020010',
  characterSet: 'x00080005',
  studyDate: 'x00080020',
  modality: 'x00080060',
  study: 'x00081030',
  series: 'x0008103e',
  bodyPart: 'x00180015'
}
/** DICOM's names of character sets, as the platform calls them; any other text is read as Latin 1, and its ASCII words are found. */
const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ['ISO_IR 192', 'utf-8'],
  ['ISO_IR 101', 'iso-8859-2'],
  ['ISO_IR 144', 'iso-8859-5'],
  ['ISO_IR 127', 'iso-8859-6'],
  ['ISO_IR 126', 'iso-8859-7'],
  ['ISO_IR 138', 'iso-8859-8'],
  ['ISO_IR 13', 'shift_jis'],
  ['GB18030', 'gb18030']
])

export function isDicom (bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[MAGIC_AT + i] === byte)
}

/** Adds modality, body part, study date and the descriptions of study and series, of a file or the beginning of one. */
export async function addDicom (found: FoundKeywords, bytes: Uint8Array): Promise<void> {
  const { default: dicom } = await import('dicom-parser')
  const set = readSet(dicom, found, bytes)
  if (set === undefined) return
  const read = (tag: string): string | undefined => stringOf(found, set, tag)
  const [modality, bodyPart, date] = [read(TAGS.modality), read(TAGS.bodyPart), read(TAGS.studyDate)]
  if (modality !== undefined) found.addField('modality', modality)
  if (bodyPart !== undefined) found.addField('body', bodyPart)
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date ?? '') ?? []
  if (year !== undefined) found.addDate(`${year}-${month ?? ''}-${day ?? ''}`)
  const encoding = ENCODINGS.get(read(TAGS.characterSet) ?? '') ?? 'latin1'
  for (const tag of [TAGS.study, TAGS.series]) found.addText(textOf(set, bytes, tag, encoding))
}

/** What an element says; nothing of one that says to be longer than the file, at which the library throws. */
function stringOf (found: FoundKeywords, set: DataSet, tag: string): string | undefined {
  try {
    return set.string(tag)
  } catch {
    found.markTruncated()
    return undefined
  }
}

/** All elements before the pixels, or what there is of them. */
function readSet (dicom: typeof DicomParser, found: FoundKeywords, bytes: Uint8Array): DataSet | undefined {
  try {
    const meta = dicom.parseDicom(bytes, { untilTag: TAGS.transferSyntax })
    if (meta.string(TAGS.transferSyntax) !== DEFLATED) return dicom.parseDicom(bytes, { untilTag: PIXEL_DATA })
  } catch (error) {
    // The library throws what it had read so far beside the reason: a file may end, or be cut, before its pixels.
    if (typeof error === 'object' && error !== null && 'dataSet' in error) {
      found.markTruncated()
      return error.dataSet as DataSet
    }
  }
  found.markTruncated()
  return undefined
}

function textOf (set: DataSet, bytes: Uint8Array, tag: string, encoding: string): string {
  const element = set.elements[tag]
  if (element === undefined) return ''
  return new TextDecoder(encoding).decode(bytes.subarray(element.dataOffset, element.dataOffset + element.length)).replaceAll('\0', ' ')
}
