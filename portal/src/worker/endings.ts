/** How names of files end, by what is in them. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/dicom': 'dcm',
  'application/fhir+json': 'json',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'text/plain; charset=utf-8': 'txt'
}

/** Of a content that nobody knows: `bin`. */
export function endingOf (mediaType: string): string {
  return ENDINGS[mediaType] ?? 'bin'
}

/** What is in a file whose name ends so; `undefined` for an ending that is none of these. */
export function mediaTypeOf (ending: string): string | undefined {
  if (ending === 'bin') return 'application/octet-stream'
  return Object.entries(ENDINGS).find(([, one]) => one === ending)?.[0]
}
