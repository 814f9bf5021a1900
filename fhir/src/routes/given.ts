import type { FastifyRequest } from 'fastify'
import type { CacheStore, EvidenceMaterial, PractitionerContext } from '@epione/sdk'
import type { Cards } from '../cards.ts'
import type { Cursors } from '../cursors.ts'
import type { PatientFinder } from '../patients.ts'
import type { Publisher } from '../publish.ts'
import type { Purpose, RecordReader } from '../record-reader.ts'
import type { Transactions } from '../transaction.ts'

/** What routes are given. */
export interface Service {
  readonly context: () => Promise<PractitionerContext>
  readonly cards: Cards
  readonly patients: PatientFinder
  readonly cursors: Cursors
  readonly transactions: Transactions
  readonly searchCache: CacheStore | undefined
  readonly onEvidence: ((material: EvidenceMaterial) => Promise<void>) | undefined
  /** For what the caller of a request reads. @throws {FhirError} REQUEST_INVALID */
  readonly purposeOf: (request: FastifyRequest) => Purpose
  readonly readerFor: (request: FastifyRequest) => Promise<RecordReader>
}

/** What writing takes. */
export async function publisherOf ({ context, cards, patients }: Service): Promise<Publisher> {
  return { context: await context(), cards, patients }
}
