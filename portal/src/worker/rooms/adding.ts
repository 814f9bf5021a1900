import { addRecord, mediaClassOf } from '@epione/sdk'
import type { RecordAdded } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { piecesOf } from '../pieces.ts'
import type { Proposal } from '../proposal.ts'

/** Seals a file of the person's own and registers it. */
export async function addOwn (
  desk: Desk, { file, category, keywords }: { file: File, category: string, keywords: string[] }
): Promise<Proposal<RecordAdded>> {
  const context = await desk.patient()
  const mediaClass = mediaClassOf(file.name)
  return {
    says: {
      title: 'add.confirm',
      lines: [
        { label: 'add.file', value: file.name, kind: 'text' },
        { label: 'add.size', value: String(file.size), kind: 'bytes' },
        { label: 'record.category', value: category, kind: 'category' },
        { label: 'record.media', value: `media.${mediaClass}`, kind: 'message' }
      ],
      warnings: []
    },
    carry: () => addRecord(context, { source: piecesOf(file.stream()), category, mediaClass, keywords })
  }
}
