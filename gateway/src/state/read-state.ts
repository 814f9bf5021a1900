import { X509Certificate } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { HospitalState, StatePart } from '@epione/protocol/api'
import { findAnchorStatus } from '../anchors/status.ts'
import { inTime } from '../in-time.ts'

type Parts = Required<Pick<HospitalState, StatePart>>
type Reading = { [Part in StatePart]: (app: FastifyInstance) => Promise<Parts[Part] | undefined> | Parts[Part] | undefined }

/** A part that takes longer (ms) counts as failed: whoever scrapes waits 10 s. */
const PART_MS = 4_000

const READING: Reading = {
  readiness: async ({ health }) => await health.run(),
  ledger: readLedger,
  outbox: readOutbox,
  storage: async ({ room }) => ({ freeBytes: await room.left() }),
  certificates: readCertificates,
  hospitals: readHospitals,
  anchoring: async ({ store }) => await findAnchorStatus(store.db)
}

/**
 * Reads what only changes with the state: readiness, the ledger, outbox, disk, certificates, the other hospitals, anchoring. A part that
 * cannot be read says nothing rather than something old, and is named; the others go on.
 */
export async function readState (app: FastifyInstance): Promise<HospitalState> {
  const { ports, config, log } = app
  const unread: StatePart[] = []
  const read = async <P extends StatePart>(part: P): Promise<Partial<Pick<Parts, P>>> => {
    try {
      const value: Parts[P] | undefined = await inTime(PART_MS, () => READING[part](app))
      return value === undefined ? {} : { [part]: value } as unknown as Pick<Parts, P>
    } catch (error) {
      unread.push(part)
      log.warn({ err: error, part }, 'a part of the state cannot be read')
      return {}
    }
  }
  const parts = await Promise.all((Object.keys(READING) as StatePart[]).map(read))
  return { time: ports.clock(), mspId: config.mspId, unread, ...Object.assign({}, ...parts) as Partial<Parts> }
}

async function readLedger ({ ledger, events }: FastifyInstance): Promise<Parts['ledger']> {
  const height = await ledger.connection.height()
  const { position } = events
  return { height: Number(height), position: Number(position), lagBlocks: Math.max(0, Number(height - 1n - position)) }
}

async function readOutbox ({ store: { db }, ports, outbox }: FastifyInstance): Promise<Parts['outbox']> {
  const { count } = await db.selectFrom('journal').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const rows = await db.selectFrom('outbox').select((eb) =>
    ['kind', eb.fn.countAll<number>().as('count'), eb.fn.min('due_at').as('due'), eb.fn.max('attempts').as('attempts')]).groupBy('kind').execute()
  // A kind that has nothing to do says so, else an alert on it would never end.
  const kinds = [...outbox.kinds()].map((kind) => {
    const row = rows.find((one) => one.kind === kind)
    return {
      kind,
      waiting: row?.count ?? 0,
      overdueMs: row === undefined ? 0 : Math.max(0, ports.clock() - row.due),
      attempts: row?.attempts ?? 0
    }
  })
  return { inDoubt: count, kinds }
}

function readCertificates ({ ports, config: { mspId } }: FastifyInstance): Parts['certificates'] {
  const { tls, identities: { gateway, registrar }, network: { organizations } } = ports
  const endOf = (pem: string): number => new X509Certificate(pem).validToDate.getTime()
  return [
    { certificate: 'tls', mspId, notAfter: endOf(tls.certificate) },
    { certificate: 'gateway', mspId, notAfter: endOf(gateway.certificate) },
    { certificate: 'registrar', mspId, notAfter: endOf(registrar.certificate) },
    ...organizations.map(({ mspId, tlsCaPem }) => ({ certificate: 'tls-root' as const, mspId, notAfter: endOf(tlsCaPem) }))
  ]
}

function readHospitals ({ heads, clocks, peers }: FastifyInstance): Parts['hospitals'] {
  const offsets = clocks.offsets()
  return heads.heardOf(peers.others()).map((heard) => {
    const offsetMs = offsets.get(heard.mspId)
    return { ...heard, ...(offsetMs === undefined ? {} : { clockOffsetMs: Math.round(offsetMs) }) }
  })
}
