export type { FilePosition, StoredBytes } from './block-files.ts'
export { readBlockFiles } from './block-files.ts'
export { parseStoredBlock } from './stored-block.ts'
