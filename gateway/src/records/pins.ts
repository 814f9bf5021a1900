import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { GatewayError } from '../errors.ts'
import type { ContentStore } from './content-store.ts'
import type { IpfsNode } from './ipfs-node.ts'
import { receiveFromSwarm } from './receive-from-swarm.ts'

interface Context {
  db: Kysely<Tables>
  contents: ContentStore
  ipfs: IpfsNode
  log: FastifyBaseLogger
  /** Contents that the node did not take as they are: only `mendPins` tries these again. */
  refused: Set<string>
}

/** Rows looked at in one go. */
const PAGE = 500

/** What a look at all named contents found and mended. */
export interface PinCounts {
  /** Named contents that lie here whole. */ held: number
  /** Of these, pinned at the own IPFS node. */ pinned: number
  /** Pins that were gone and are made anew. */ repinned: number
  /** Contents whose file was torn or gone, and came back from the swarm. */ restored: number
  /** Contents whose file is torn or gone still. */ lost: number
}

/** Pins at the own node what records name and it has not pinned yet; returns how many it did. @throws {GatewayError} IPFS_UNAVAILABLE */
export async function pinNamed ({ db, contents, ipfs, log, refused }: Context): Promise<number> {
  let [pinned, last] = [0, '']
  for (;;) {
    const rows = await db.selectFrom('contents').select(['cid', 'size_bytes']).where('named', '=', 1).where('pinned', '=', 0)
      .where('cid', '>', last).orderBy('cid').limit(PAGE).execute()
    for (const { cid, size_bytes: sizeBytes } of rows) {
      last = cid
      if (refused.has(cid) || await contents.find(cid) === undefined) continue
      try {
        await ipfs.add(cid, await contents.read(cid), sizeBytes)
      } catch (error) {
        // One content that the node will not have keeps no other from it.
        if (!(error instanceof GatewayError) || error.code !== 'CONTENT_MISMATCH') throw error
        log.error({ err: error, cid }, 'the IPFS node does not take a content as it is')
        refused.add(cid)
        continue
      }
      const { numUpdatedRows } = await db.updateTable('contents').set({ pinned: 1 }).where('cid', '=', cid).executeTakeFirstOrThrow()
      // It was destroyed meanwhile, when nothing of it was there yet.
      if (numUpdatedRows === 0n) await ipfs.remove(cid)
      else pinned += 1
    }
    if (rows.length < PAGE) break
  }
  if (pinned > 0) log.info({ pinned }, 'pinned contents at the IPFS node')
  return pinned
}

/**
 * Compares the pins of the own node with what records name here, makes anew those that are gone, takes away those of what was destroyed
 * here while it was being pinned, and brings contents back whose file is gone.
 * @throws {GatewayError} IPFS_UNAVAILABLE
 */
export async function mendPins (context: Context): Promise<PinCounts> {
  const { db, contents, ipfs, log, refused } = context
  refused.clear()
  const there = new Set<string>()
  for await (const cid of ipfs.pins()) there.add(cid)
  await unpinEnded(context, [...there])
  const counts = { held: 0, pinned: 0, repinned: 0, restored: 0, lost: 0 }
  let last = ''
  for (;;) {
    const rows = await db.selectFrom('contents').selectAll().where('named', '=', 1).where('cid', '>', last).orderBy('cid').limit(PAGE).execute()
    for (const { cid, size_bytes: sizeBytes, pinned } of rows) {
      last = cid
      if (await contents.find(cid) === undefined) {
        if (await restore(context, cid, sizeBytes)) counts.restored += 1
        else counts.lost += 1
      }
      if (there.has(cid) && pinned === 1) counts.pinned += 1
      else if (pinned === 1) {
        await db.updateTable('contents').set({ pinned: 0 }).where('cid', '=', cid).execute()
        counts.repinned += 1
      }
    }
    counts.held += rows.length
    if (rows.length < PAGE) break
  }
  counts.held -= counts.lost
  counts.pinned += await pinNamed(context)
  if (counts.repinned + counts.restored + counts.lost > 0) log.warn(counts, 'pins or contents were gone')
  return counts
}

/** A process that died while it pinned a content, or was quicker than its erasure, left what nothing here knows of any more. */
async function unpinEnded ({ db, ipfs, log }: Context, there: readonly string[]): Promise<void> {
  for (let i = 0; i < there.length; i += PAGE) {
    const ended = await db.selectFrom('ended_versions').select('cid').distinct().where('cid', 'in', there.slice(i, i + PAGE))
      .where((e) => e.not(e.exists(e.selectFrom('contents').select('contents.cid').whereRef('contents.cid', '=', 'ended_versions.cid')))).execute()
    for (const { cid } of ended) {
      await ipfs.remove(cid)
      log.warn({ cid }, 'an ended content was still pinned at the IPFS node, and is not any more')
    }
  }
}

async function restore ({ contents, ipfs, log }: Context, cid: string, sizeBytes: number): Promise<boolean> {
  try {
    await receiveFromSwarm({ contents, ipfs }, cid, { maxBytes: sizeBytes })
    log.warn({ cid }, 'a content in the own store was torn or gone: it came back from the IPFS swarm')
    return true
  } catch (error) {
    log.error({ err: error, cid }, 'a content is gone from the own store, and the IPFS swarm does not give it')
    return false
  }
}
