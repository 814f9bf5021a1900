import { isDeepStrictEqual } from 'node:util'
import commonMsp from '@hyperledger/fabric-protos/lib/msp/msp_config_pb.js'
import type configs from '@hyperledger/fabric-protos/lib/common/configtx_pb.js'
import { NetworkError } from '../errors.ts'
import { readRevocationList, type RevocationList } from '../../host/src/index.ts'
import { report } from '../host/logger.ts'
import { waitFor } from '../host/wait.ts'
import type { CaAdmin } from './ca-admin.ts'
import { RENEW_LIST_BEFORE_MS } from './certificates.ts'
import { fetchConfig, submitUpdate, valueIn, writeUpdate, type ChannelAdmin, type ValueChange } from './channel-update.ts'

/** One MSP serves peers and orderers, and Fabric refuses a channel in which the two groups have differing ones. */
const GROUPS = ['Application', 'Orderer'] as const
const ATTEMPTS = 4
const SPREAD_TIMEOUT_MS = 60_000
/** Another organisation changed the channel between our reading and our change. */
const OUTDATED = /validating ReadSet|validating DeltaSet|be at version|attempt to set key/i

/** The lists that the channel has of an organisation: one, or more where its CA forgot a part. */
export function revocationListsIn (config: configs.Config, mspId: string): Uint8Array[] {
  return mspIn(config, mspId, 'Application').getRevocationListList_asU8()
}

/** What several lists say together: who is revoked, and until when the first of them counts. */
export function readLists (lists: readonly Uint8Array[]): RevocationList | undefined {
  const read = lists.map(readRevocationList)
  if (read.length === 0) return undefined
  const ends = read.flatMap(({ nextAt }) => nextAt === undefined ? [] : [nextAt])
  return {
    madeAt: Math.min(...read.map(({ madeAt }) => madeAt)),
    nextAt: ends.length === 0 ? undefined : Math.min(...ends),
    serials: [...new Set(read.flatMap(({ serials }) => serials))].sort()
  }
}

/**
 * The lists that the channel shall have: the CA's newest, and those former ones that name somebody whom the CA has forgotten (restored
 * from a backup), so that nobody who was revoked comes back.
 */
export function nextLists (former: readonly Uint8Array[], made: Uint8Array): Uint8Array[] {
  const known = new Set(readRevocationList(made).serials)
  return [made, ...former.filter((list) => readRevocationList(list).serials.some((serial) => !known.has(serial)))]
}

/** Whether the channel has to be told: somebody is revoked of whom it does not know, or its list ends soon. */
export function isDue (former: readonly Uint8Array[], made: Uint8Array, now: number): boolean {
  const [known, next] = [readLists(former), readLists(nextLists(former, made))]
  if (known === undefined) return (next?.serials.length ?? 0) > 0
  return !isDeepStrictEqual(known.serials, next?.serials) || (known.nextAt ?? Infinity) - now < RENEW_LIST_BEFORE_MS
}

/**
 * Puts the CA's list of revoked certificates into the organisation's MSP in both groups of the channel, by one change that its own
 * admin signs, and waits until its peers know it. Says whether there was anything to change.
 */
export async function publishRevocations (admin: ChannelAdmin, ca: CaAdmin): Promise<boolean> {
  const { organization, topology } = admin
  const made = await ca.revocationList()
  for (let attempt = 1; ; attempt++) {
    const config = await fetchConfig(admin)
    const former = revocationListsIn(config, organization.mspId)
    if (!isDue(former, made, Date.now())) return false
    const lists = nextLists(former, made)
    if (lists.length > 1) {
      report(`the CA of ${organization.id} no longer knows of some whom the channel has as revoked: the former list stays beside the new one`)
    }
    const changes = GROUPS.map((group) => changeOf(config, organization.mspId, group, lists))
    try {
      await submitUpdate(admin, writeUpdate(topology.consortium.channel, config, changes))
      await waitForPeers(admin, lists)
      return true
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof NetworkError) || !OUTDATED.test(error.message)) throw error
      report('the channel was changed meanwhile: once more')
    }
  }
}

async function waitForPeers (admin: ChannelAdmin, lists: readonly Uint8Array[]): Promise<void> {
  const wanted = readLists(lists)?.serials
  for (const peer of admin.organization.peerNodes) {
    await waitFor(`${peer.process} to know the list`, SPREAD_TIMEOUT_MS, async () => {
      const known = readLists(revocationListsIn(await fetchConfig(admin, peer), admin.organization.mspId))
      return isDeepStrictEqual(known?.serials, wanted) ? true : undefined
    })
  }
}

function mspIn (config: configs.Config, mspId: string, group: typeof GROUPS[number]): commonMsp.FabricMSPConfig {
  const value = valueIn(config, { group: [group, mspId], name: 'MSP' })
  return commonMsp.FabricMSPConfig.deserializeBinary(commonMsp.MSPConfig.deserializeBinary(value.getValue_asU8()).getConfig_asU8())
}

function changeOf (config: configs.Config, mspId: string, group: typeof GROUPS[number], lists: readonly Uint8Array[]): ValueChange {
  const msp = mspIn(config, mspId, group)
  msp.setRevocationListList([...lists])
  const value = commonMsp.MSPConfig.deserializeBinary(valueIn(config, { group: [group, mspId], name: 'MSP' }).getValue_asU8())
  value.setConfig(msp.serializeBinary())
  return { group: [group, mspId], name: 'MSP', value: value.serializeBinary() }
}
