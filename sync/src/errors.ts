/** What ends a run: nothing that was done is undone, and the next run goes on from there. */
export type SyncErrorCode =
  | 'OPTION_INVALID'
  /** The mapping of patients cannot be read, or says two things of one. */
  | 'MAPPING_INVALID'
  /** Another run works on this journal. */
  | 'JOURNAL_IN_USE'
  | 'JOURNAL_FOREIGN'
  | 'SOURCE_UNREADABLE'
  /** It does not answer, or not in time. */
  | 'SOURCE_UNAVAILABLE'
  /** It wants another token, or none of it. */
  | 'SOURCE_REFUSED'
  /** What it says is no FHIR in JSON, or not what was asked for. */
  | 'SOURCE_INVALID'

/** Why one thing of a source was left; it stays in the journal, and the next run tries again. */
export type Reason =
  | 'RESOURCE_INVALID' | 'RESOURCE_TYPE_WRONG' | 'RESOURCE_TOO_LARGE' | 'RESOURCE_TOO_DEEP'
  | 'NOT_JSON'
  | 'PATIENT_MISSING' | 'PATIENT_UNMATCHED' | 'PATIENT_AMBIGUOUS' | 'PATIENT_CHANGED'
  /** The same id twice, with different contents, and nothing that says which is newer. */
  | 'DUPLICATE'
  | 'ATTACHMENT_UNAVAILABLE'
  /** The patient erased it: it is not made again. */
  | 'ERASED'
  /** The source no longer has it: it is withdrawn at a run's end, unless more are gone than is believed. */
  | 'GONE'
  /** More deletions than are believed. */
  | 'DELETIONS_MANY'
  | 'DICOM_INVALID' | 'DICOM_SIZE_FALSE' | 'FILE_CHANGED'
  /** The next page lies at another server; or pages came again, or never ended. */
  | 'PAGING_FOREIGN' | 'PAGING_ENDLESS'
  | 'SOURCE_UNAVAILABLE' | 'SOURCE_REFUSED' | 'SOURCE_INVALID'
  /** The network refused it: the detail says by which code. */
  | 'NOT_SEALED'

/** Everything that ends a run on purpose. */
export class SyncError extends Error {
  override readonly name = 'SyncError'
  readonly code: SyncErrorCode

  constructor (code: SyncErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.code = code
  }
}

/** Concerns one thing of the source: the run goes on with the others. */
export class Left extends Error {
  override readonly name = 'Left'
  readonly reason: Reason

  constructor (reason: Reason, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.reason = reason
  }
}

/** What concerns one thing; anything else goes on up. */
export function requireLeft (error: unknown): Left {
  if (error instanceof Left) return error
  throw error
}

/** What one request failed with, of a source that cannot be read without its answer. @throws what is no `Left` */
export function asEnd (error: unknown, source: string): SyncError {
  const { reason, message } = requireLeft(error)
  const code = reason === 'SOURCE_UNAVAILABLE' || reason === 'SOURCE_REFUSED' ? reason : 'SOURCE_INVALID'
  return new SyncError(code, `${source}: ${message}.`, { cause: error })
}
