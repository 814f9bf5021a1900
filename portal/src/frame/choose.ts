import type { FrameKind } from './messages.ts'

/** Largest content in bytes that is shown: a frame holds all of it in memory, some kinds several times. */
const MIB = 2 ** 20
const MAX_BYTES: Record<FrameKind, number> = { fhir: 20 * MIB, image: 64 * MIB, dicom: 256 * MIB, pdf: 100 * MIB, text: 5 * MIB }

interface Viewer { kind: FrameKind, mediaTypes: readonly string[], fits: (bytes: Uint8Array) => boolean }

const begins = (bytes: Uint8Array, with_: readonly number[], at = 0): boolean => with_.every((byte, index) => bytes[at + index] === byte)
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))

const VIEWERS: readonly Viewer[] = [
  { kind: 'image', mediaTypes: ['image/png'], fits: (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { kind: 'image', mediaTypes: ['image/jpeg'], fits: (bytes) => begins(bytes, [0xff, 0xd8, 0xff]) },
  { kind: 'image', mediaTypes: ['image/gif'], fits: (bytes) => begins(bytes, ascii('GIF87a')) || begins(bytes, ascii('GIF89a')) },
  { kind: 'image', mediaTypes: ['image/webp'], fits: (bytes) => begins(bytes, ascii('RIFF')) && begins(bytes, ascii('WEBP'), 8) },
  { kind: 'pdf', mediaTypes: ['application/pdf'], fits: (bytes) => begins(bytes, ascii('%PDF-')) },
  { kind: 'dicom', mediaTypes: ['application/dicom'], fits: (bytes) => begins(bytes, ascii('DICM'), 128) },
  { kind: 'fhir', mediaTypes: ['application/fhir+json', 'application/json'], fits: (bytes) => isText(bytes) && /"resourceType"\s*:/.test(new TextDecoder().decode(bytes)) },
  { kind: 'text', mediaTypes: ['text/plain', 'text/csv', 'text/markdown', 'application/json', 'application/fhir+json'], fits: isText }
]

/**
 * The viewer of a content, by what it is said to be and what it begins like; undefined where there is none, and what is there can be
 * saved only. What is said to be mere bytes is taken for what it begins like, where that is no text.
 */
export function chooseViewer (mediaType: string, bytes: Uint8Array): FrameKind | undefined {
  const said = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const isUnsaid = said === '' || said === 'application/octet-stream'
  const viewer = VIEWERS.find(({ kind, mediaTypes, fits }) => (isUnsaid ? kind !== 'text' && kind !== 'fhir' : mediaTypes.includes(said)) && bytes.length <= MAX_BYTES[kind] && fits(bytes))
  return viewer?.kind
}

/** UTF-8 without the bytes that no text has. */
function isText (bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
