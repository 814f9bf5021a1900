import { addRecord, mediaClassOf, openCard } from '@epione/sdk'
import type { RecordAdded } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { piecesOf } from '../pieces.ts'
import { practitionerOf } from '../practitioner.ts'
import type { Proposal } from '../proposal.ts'

/** Whose a write card is, and for which categories they let it be written; signatures are proven. */
export interface CardShown { patientId: string, categories: string[] }

/** @throws {ClientError} CARD_INVALID, FILE_DAMAGED */
export async function readCard (desk: Desk, { card }: { card: string }): Promise<CardShown> {
  const { context } = await desk.network()
  const { patientId, compartments } = openCard(context, card)
  return { patientId, categories: [...new Set(compartments.map(({ category }) => category))] }
}

/** Seals a file for the patient of a write card, and registers it in this person's name. */
export async function addFor (
  desk: Desk, { file, card, category, keywords }: { file: File, card: string, category: string, keywords: string[] }
): Promise<Proposal<RecordAdded>> {
  const context = await practitionerOf(desk)
  const { patientId } = openCard(context, card)
  const mediaClass = mediaClassOf(file.name)
  return {
    says: {
      title: 'write.confirm',
      lines: [
        { label: 'patient.id', value: patientId, kind: 'code' },
        { label: 'add.file', value: file.name, kind: 'text' },
        { label: 'add.size', value: String(file.size), kind: 'bytes' },
        { label: 'record.category', value: category, kind: 'category' },
        { label: 'record.media', value: `media.${mediaClass}`, kind: 'message' }
      ],
      warnings: []
    },
    carry: () => addRecord(context, { source: piecesOf(file.stream()), card, category, mediaClass, keywords: [...keywords] })
  }
}
