import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { EpioneAnswer } from '../helpers/epione.ts'
import type { Share } from './story.ts'

/** Exit code of `epione` for something that does not verify (cli/README.md). */
const VERIFICATION_FAILED = 4
const FINAL_WITHIN_MS = 120_000
const POLL_MS = 1000

interface ProofFile { event: { decision: string }, transaction: { code: number } }

/**
 * The story's denial, proven to somebody who trusts no hospital: anchored, verified from the file and on the chain, and not to be changed.
 */
export async function proveToOutsiders (share: Share): Promise<void> {
  const [denied] = share.eventIds
  if (denied === undefined) throw new Error('the story has no event')
  const file = await anchorEvent(share, denied)
  await verifyProof(share, file)
  await refuseTampered(share, file)
}

async function anchorEvent ({ timeline, cast: { auditor } }: Share, eventId: string): Promise<string> {
  let file = ''
  await timeline.step('anchored', async () => {
    const deadline = Date.now() + FINAL_WITHIN_MS
    for (let attempt = 1; ; attempt += 1) {
      file = auditor.path(`proof-${attempt}.json`)
      const { json } = await auditor.must(['audit', 'proof', eventId, '--out', file])
      const ok = json['state'] === 'final'
      if (ok || Date.now() > deadline) {
        return { ok, who: 'anchor services', what: `the denied request is in an anchored batch: ${String(json['state'])}` }
      }
      await wait(POLL_MS)
    }
  })
  return file
}

async function verifyProof ({ timeline, cast: { auditor }, stateDir, rpcUrl }: Share, file: string): Promise<void> {
  await timeline.step('proof-verified', async () => {
    const published = ['--anchor', join(stateDir, 'anchor.json')]
    const offline = await auditor.must(['verify', file, ...published])
    const onChain = await auditor.must(['verify', file, ...published, '--rpc', rpcUrl])
    const signers = onChain.json['signedBy']
    const ok = offline.json['since'] === undefined && typeof onChain.json['since'] === 'string' && onChain.json['state'] === 'final'
    return {
      ok,
      who: 'anybody',
      what: `signed by ${Array.isArray(signers) ? signers.length : 0} of ${String(
        onChain.json['witnesses']
      )} witnesses, on the chain since ${String(onChain.json['since'])}`
    }
  })
}

async function refuseTampered ({ timeline, cast: { auditor } }: Share, file: string): Promise<void> {
  await timeline.step('tampered-proof-refused', async () => {
    const proof = JSON.parse(await readFile(file, 'utf8')) as ProofFile
    const permitted = await verifyChanged(auditor, { ...proof, event: { ...proof.event, decision: 'permit' } }, 'tampered-event.json')
    const repainted = await verifyChanged(auditor, { ...proof, transaction: { ...proof.transaction, code: 11 } }, 'tampered-code.json')
    const ok = permitted === 'EVENT_MISMATCH' && repainted === 'EVENT_NOT_VALID'
    return { ok, who: 'anybody', what: `a denial made a permit: ${permitted}; an event made invalid: ${repainted}` }
  })
}

async function verifyChanged (auditor: Share['cast']['auditor'], proof: ProofFile, name: string): Promise<string> {
  await writeFile(auditor.path(name), JSON.stringify(proof))
  const answer: EpioneAnswer = await auditor.run(['verify', auditor.path(name)])
  const error = (answer.json['error'] ?? {}) as Record<string, unknown>
  return answer.exitCode === VERIFICATION_FAILED ? String(error['anchorCode']) : 'accepted'
}
