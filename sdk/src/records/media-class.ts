import type { MediaClass } from '@epione/protocol'

const EXTENSIONS: Readonly<Record<MediaClass, readonly string[]>> = {
  document: ['.pdf', '.txt', '.md', '.rtf', '.html', '.doc', '.docx', '.odt'],
  image: ['.dcm', '.dicom', '.png', '.jpg', '.jpeg', '.tif', '.tiff', '.svs', '.nii', '.webp'],
  signal: ['.edf', '.bdf', '.wav', '.mp3', '.mp4', '.hea', '.dat'],
  structured: ['.json', '.ndjson', '.xml', '.csv', '.tsv', '.hl7', '.yaml', '.yml', '.parquet']
}

export const MEDIA_CLASSES: readonly MediaClass[] = ['document', 'image', 'signal', 'structured']

/** The coarse kind of a file, by the end of its name; all that the ledger learns of what is in it. */
export function mediaClassOf (path: string): MediaClass {
  const [extension] = /(?<=[^/\\])\.[^./\\]*$/.exec(path.toLowerCase().replace(/\.gz$/, '')) ?? ['']
  return MEDIA_CLASSES.find((mediaClass) => EXTENSIONS[mediaClass].includes(extension)) ?? 'document'
}
