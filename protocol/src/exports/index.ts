/** How the access log stands in files, line by line: what gateways sign of it, and what is read back. */
export { COLUMN_NAMES, csvRow } from './columns.ts'
export { eventLine, signedLine, signedPart } from './lines.ts'
export type { LineFormat } from './lines.ts'
