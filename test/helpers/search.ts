import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Something that must not be found, with every form it is looked for in. */
export interface Needle { name: string, patterns: Buffer[] }
export interface Finding { needle: string, place: string }

/** A text: raw, as JSON escapes it, in hex, and in base64 at each of the three alignments. */
export function textNeedle (name: string, text: string): Needle {
  const escaped = JSON.stringify(text).slice(1, -1)
  const forms = escaped === text ? [Buffer.from(text)] : [Buffer.from(text), Buffer.from(escaped)]
  return { name, patterns: forms.flatMap(encodings) }
}

/** Bytes of at least 16: raw, in hex, and in base64 at each of the three alignments. */
export function bytesNeedle (name: string, bytes: Uint8Array): Needle {
  if (bytes.length < 16) throw new RangeError(`${name} is too short to be told from chance`)
  return { name, patterns: encodings(Buffer.from(bytes)) }
}

function encodings (raw: Buffer): Buffer[] {
  const hex = raw.toString('hex')
  const texts = [hex, hex.toUpperCase()]
  for (const shift of [0, 1, 2]) {
    // The first and last characters depend on the neighbours: only the middle is the needle's own.
    const base64 = Buffer.concat([Buffer.alloc(shift), raw]).toString('base64').replaceAll('=', '')
    const own = base64.slice(shift === 0 ? 0 : shift + 1, (raw.length + shift) % 3 === 0 ? undefined : -1)
    texts.push(own, own.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return [raw, ...new Set(texts)].map((form) => Buffer.from(form))
}

/** Needles found in a piece of bytes. */
export function searchBytes (bytes: Buffer, needles: readonly Needle[]): string[] {
  return needles.filter((n) => n.patterns.some((p) => bytes.includes(p))).map((n) => n.name)
}

const PIECE_BYTES = 8 * 1024 * 1024

/** Needles found in a file of any size; pieces overlap by the longest pattern. */
async function searchFile (path: string, needles: readonly Needle[]): Promise<Finding[]> {
  const overlap = Math.max(...needles.flatMap((n) => n.patterns.map((p) => p.length)))
  const found = new Set<string>()
  let tail = Buffer.alloc(0)
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([tail, piece])
    for (const name of searchBytes(bytes, needles)) found.add(name)
    tail = bytes.subarray(Math.max(0, bytes.length - overlap))
  }
  return [...found].map((needle) => ({ needle, place: path }))
}

/** Needles found in any file below a folder, in file contents and file names. */
export async function searchFolder (folder: string, needles: readonly Needle[]): Promise<{ findings: Finding[], files: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
  const findings: Finding[] = []
  for (const file of files) {
    findings.push(
      ...await searchFile(file, needles),
      ...searchBytes(Buffer.from(file), needles).map((needle) => ({ needle, place: `name of ${file}` }))
    )
  }
  return { findings, files: files.length }
}
