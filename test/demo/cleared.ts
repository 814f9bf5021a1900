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
export interface Clearing { version: number, inForceFrom: number }

const convictedIn = ({ json }: EpioneAnswer): Array<{ mspId: string }> => json['convicted'] as Array<{ mspId: string }>

/** Admins of more than half of the hospitals agree that the liar is asked again, by a network document that is to come. */
export async function agreeToClear (share: Share): Promise<Clearing> {
  const { timeline, home, readerHospital, liarHospital } = share
  const admins = [home, readerHospital, liarHospital]
  let clearing: Clearing | undefined
  await timeline.step('clearing-agreed', async () => {
    const shown = await ask(share, home, ['policy', 'show'])
    const { documentHash, ...proposed } = await propose(share)
    const approvedBy: string[] = []
    for (const hospital of admins) {
      const { json } = await ask(share, hospital, ['policy', 'approve', documentHash, '--key', adminKey(share, hospital)])
      approvedBy.push(hospital.mspId)
      if (json['missing'] === 0) break
    }
    clearing = proposed
    const ok = convictedIn(shown).some(({ mspId }) => mspId === liarHospital.mspId)
    return { ok, who: 'admins', what: `${liarHospital.mspId} is convicted; ${approvedBy.join(', ')} agree to ask it again` }
  })
  if (clearing === undefined) throw new Error('nothing was agreed')
  return clearing
}

/** From its time on the agreed document counts, and with it nobody is convicted any more. */
export async function seeCleared (share: Share, { version, inForceFrom }: Clearing): Promise<void> {
  await share.timeline.step('liar-cleared', async () => {
    await wait(Math.max(0, inForceFrom - Date.now()))
    const deadline = inForceFrom + ROOM_MS
    for (;;) {
      const shown = await ask(share, share.readerHospital, ['policy', 'show'])
      const convicted = convictedIn(shown)
      const ok = shown.json['networkVersion'] === version && convicted.length === 0
      if (ok || Date.now() > deadline) return { ok, who: 'admins', what: `network document ${String(version)} is in force, ${convicted.length} proxies convicted` }
      await wait(POLL_MS)
    }
  })
}

async function propose (share: Share): Promise<Clearing & { documentHash: string }> {
  const { home, liarHospital } = share
  const deadline = Date.now() + 2 * AMENDMENT_NOTICE_MS
  for (;;) {
    const inForceFrom = Date.now() + AMENDMENT_NOTICE_MS + ROOM_MS
    const answer = await adminOf(share, home).run([
      'policy', 'propose', '--clear', liarHospital.mspId, '--key', adminKey(share, home), '--from', new Date(inForceFrom).toISOString(), ...at(share, home)
    ])
    if (answer.exitCode === 0) return { version: Number(answer.json['version']), documentHash: String(answer.json['documentHash']), inForceFrom }
    const { gatewayCode } = (answer.json['error'] ?? {}) as { gatewayCode?: string }
    if (!NOT_YET.includes(gatewayCode ?? '') || Date.now() > deadline) throw new Error(`no proposal: ${JSON.stringify(answer.json)}`)
    await wait(POLL_MS)
  }
}

async function ask (share: Share, hospital: Hospital, args: string[]): Promise<EpioneAnswer> {
  return await adminOf(share, hospital).must([...args, ...at(share, hospital)])
}

const adminOf = ({ folder }: Share, { id }: Hospital): Party => new Party('admin', join(folder, `network-admin-${id}`))
const at = ({ stateDir }: Share, { id }: Hospital): string[] => ['--network', join(stateDir, 'network.json'), '--gateway', id]
const adminKey = ({ stateDir }: Share, { id }: Hospital): string =>
  join(stateDir, 'organizations', id, 'identities', 'admin', 'key.pem')
