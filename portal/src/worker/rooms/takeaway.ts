import type { Desk } from '../desk.ts'
import type { Proposal } from '../proposal.ts'
import { takeEverything } from '../takeaway/take.ts'
import type { Taken } from '../takeaway/take.ts'
import { folderTarget, zipTarget } from '../takeaway/target.ts'

/** Opens everything of the person's into a folder that they chose, or into a ZIP. */
export async function takeOut (
  desk: Desk, { folder }: { folder?: FileSystemDirectoryHandle }
): Promise<Proposal<Taken & { zip?: Blob }>> {
  const context = await desk.patient()
  const now = new Date()
  return {
    says: {
      title: 'take.confirm',
      lines: [
        { label: 'me.patientId', value: context.patientId, kind: 'code' },
        { label: 'take.where', value: folder?.name ?? 'take.zip', kind: folder === undefined ? 'message' : 'text' }
      ],
      warnings: ['take.means']
    },
    carry: async (tell) => {
      const target = folder === undefined ? zipTarget(now) : folderTarget(folder)
      const taken = await takeEverything(context, target, { now, tell, unlessLocked: () => { desk.keys() } })
      const zip = await target.end()
      return { ...taken, ...(zip === undefined ? {} : { zip }) }
    }
  }
}
