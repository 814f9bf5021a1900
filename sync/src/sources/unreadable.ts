import { Left } from '../errors.ts'

/** What the file system says of one file is that file's; anything else goes on up. */
export const asUnreadable = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && 'syscall' in error ? new Left('FILE_CHANGED', `it cannot be read: ${error.message}`, { cause: error }) : error
