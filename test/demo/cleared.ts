import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AMENDMENT_NOTICE_MS } from '@epione/protocol'
import { Party } from '../helpers/epione.ts'
import type { EpioneAnswer } from '../helpers/epione.ts'
import type { Share } from './story.ts'

/** Time (ms) for the admins to approve before the notice begins, and for gateways to see that the version is in force. */
const ROOM_MS = 25_000
const POLL_MS = 1000
/** Codes of the ledger while another version has just come into force, as when the story is played twice in a row. */
const NOT_YET = ['PROPOSAL_INVALID', 'NETWORK_CONFLICT', 'PROPOSAL_PENDING']

interface Hospital { id: string, mspId: string }
type Place = Pick<Share, 'folder' | 'stateDir' | 'readerHospital'>

const convictedIn = ({ json }: EpioneAnswer): Array<{ mspId: string }> => json['convicted'] as Array<{ mspId: string }>

/** Admins of more than half of the hospitals agree that the liar is asked again, by a network document that is to come. */
export async function agreeToClear (share: Share): Promise<void> {
  const { timeline, home, readerHospital, liarHospital } = share
  const admins = [home, readerHospital, liarHospital]
  await timeline.step('clearing-agreed', async () => {
    const shown = await ask(share, home, ['policy', 'show'])
    const { documentHash, inForceFrom } = await propose(share)
    const approvedBy: string[] = []
    for (const hospital of admins) {
      const { json } = await ask(share, hospital, ['policy', 'approve', documentHash, '--key', adminKey(share, hospital)])
      approvedBy.push(hospital.mspId)
      if (json['missing'] === 0) break
    }
    const from = new Date(inForceFrom).toISOString().slice(11, 19)
    const ok = convictedIn(shown).some(({ mspId }) => mspId === liarHospital.mspId)
    return { ok, who: 'admins', what: `${liarHospital.mspId} is convicted; ${approvedBy.join(', ')} agree to ask it again from ${from} on` }
  })
}

/**
 * Where the story was played a moment ago its liar is convicted still: nobody asks it until the document that clears it is in force.
 * Waits for that, and says so.
 */
export async function awaitCleared (share: Place, say: (text: string) => void): Promise<void> {
  const deadline = Date.now() + AMENDMENT_NOTICE_MS + 2 * ROOM_MS
  for (let told = false; ; told = true) {
    const convicted = convictedIn(await ask(share, share.readerHospital, ['policy', 'show']))
    if (convicted.length === 0) return
    const names = convicted.map(({ mspId }) => mspId).join(', ')
    if (Date.now() > deadline) throw new Error(`${names} is convicted, and no document clears it: see epione policy propose --clear`)
    if (!told) say(`waiting until the document of the story before is in force, which clears ${names}`)
    await wait(POLL_MS)
  }
}

async function propose (share: Share): Promise<{ documentHash: string, inForceFrom: number }> {
  const { home, liarHospital } = share
  const deadline = Date.now() + 2 * AMENDMENT_NOTICE_MS
  for (;;) {
    const inForceFrom = Date.now() + AMENDMENT_NOTICE_MS + ROOM_MS
    const answer = await adminOf(share, home).run([
      'policy', 'propose', '--clear', liarHospital.mspId, '--key', adminKey(share, home), '--from', new Date(inForceFrom).toISOString(), ...at(share, home)
    ])
    if (answer.exitCode === 0) return { documentHash: String(answer.json['documentHash']), inForceFrom }
    const { gatewayCode } = (answer.json['error'] ?? {}) as { gatewayCode?: string }
    if (!NOT_YET.includes(gatewayCode ?? '') || Date.now() > deadline) throw new Error(`no proposal: ${JSON.stringify(answer.json)}`)
    await wait(POLL_MS)
  }
}

async function ask (share: Place, hospital: Hospital, args: string[]): Promise<EpioneAnswer> {
  return await adminOf(share, hospital).must([...args, ...at(share, hospital)])
}

const adminOf = ({ folder }: Place, { id }: Hospital): Party => new Party('admin', join(folder, `network-admin-${id}`))
const at = ({ stateDir }: Place, { id }: Hospital): string[] => ['--network', join(stateDir, 'network.json'), '--gateway', id]
const adminKey = ({ stateDir }: Share, { id }: Hospital): string =>
  join(stateDir, 'organizations', id, 'identities', 'admin', 'key.pem')
