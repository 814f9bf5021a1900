import { X509Certificate } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { inTime } from '../in-time.ts'

interface Part {
  part: string
  /** What it sets, with labels and without. */
  labelled: ReadonlyArray<{ reset: () => void }>
  plain: ReadonlyArray<{ remove: () => void }>
  read: (app: FastifyInstance) => Promise<void> | void
}

/** A part that takes longer (ms) counts as failed: whoever scrapes waits 10 s. */
const PART_MS = 4_000

/**
 * Reads what only changes with the state: readiness, the ledger, outbox, disk, certificates, the other hospitals. A part that cannot be
 * read says nothing rather than something old, and is counted; the others go on.
 */
export async function collectState (app: FastifyInstance): Promise<void> {
  const { metrics, log } = app
  const parts: Part[] = [
    { part: 'readiness', labelled: [metrics.check], plain: [metrics.ready], read: readChecks },
    { part: 'ledger', labelled: [], plain: [metrics.ledgerHeight, metrics.ledgerLag], read: readLedger },
    { part: 'outbox', labelled: [metrics.outboxWaiting, metrics.outboxOverdue, metrics.outboxAttempts], plain: [metrics.inDoubt], read: readOutbox },
    { part: 'storage', labelled: [], plain: [metrics.storageFree], read: readStorage },
    { part: 'certificates', labelled: [metrics.certificateEnd], plain: [], read: readCertificates },
    { part: 'peers', labelled: [metrics.clockOffset, metrics.peerSilent], plain: [], read: readPeers }
  ]
  await Promise.all(parts.map(async ({ part, labelled, plain, read }) => {
    metrics.collectFailures.inc({ part }, 0)
    try {
      await inTime(PART_MS, () => read(app))
    } catch (error) {
      for (const gauge of labelled) gauge.reset()
      // Reset, one without labels would say 0, which may well be false.
      for (const gauge of plain) gauge.remove()
      metrics.collectFailures.inc({ part })
      log.warn({ err: error, part }, 'a part of the metrics cannot be read')
    }
  }))
}

async function readChecks ({ health, metrics }: FastifyInstance): Promise<void> {
  const { ready, checks } = await health.run()
  metrics.ready.set(Number(ready))
  for (const [check, result] of Object.entries(checks)) metrics.check.set({ check }, Number(result === 'ok'))
}

async function readLedger ({ ledger, events, metrics }: FastifyInstance): Promise<void> {
  metrics.ledgerPosition.set(Number(events.position))
  const height = await ledger.connection.height()
  metrics.ledgerHeight.set(Number(height))
  metrics.ledgerLag.set(Math.max(0, Number(height - 1n - events.position)))
}

async function readStorage ({ metrics, room }: FastifyInstance): Promise<void> {
  metrics.storageFree.set(await room.left())
}

async function readOutbox ({ store: { db }, ports, metrics, outbox }: FastifyInstance): Promise<void> {
  const { count } = await db.selectFrom('journal').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const rows = await db.selectFrom('outbox').select((eb) =>
    ['kind', eb.fn.countAll<number>().as('count'), eb.fn.min('due_at').as('due'), eb.fn.max('attempts').as('attempts')]).groupBy('kind').execute()
  metrics.inDoubt.set(count)
  // A kind that has nothing to do says so, else an alert on it would never end.
  for (const kind of outbox.kinds()) {
    const row = rows.find((one) => one.kind === kind)
    metrics.outboxWaiting.set({ kind }, row?.count ?? 0)
    metrics.outboxOverdue.set({ kind }, row === undefined ? 0 : Math.max(0, ports.clock() - row.due) / 1000)
    metrics.outboxAttempts.set({ kind }, row?.attempts ?? 0)
    // A counter that begins at 1 has not grown, for an alert.
    metrics.outboxGivenUp.inc({ kind }, 0)
  }
}

function readCertificates ({ ports, metrics }: FastifyInstance): void {
  const { tls, identities: { gateway, registrar } } = ports
  const certificates = { tls: tls.certificate, gateway: gateway.certificate, registrar: registrar.certificate }
  for (const [certificate, pem] of Object.entries(certificates)) {
    metrics.certificateEnd.set({ certificate }, new X509Certificate(pem).validToDate.getTime() / 1000)
  }
}

function readPeers ({ heads, clocks, peers, metrics }: FastifyInstance): void {
  metrics.clockOffset.reset()
  for (const [peer, offsetMs] of clocks.offsets()) metrics.clockOffset.set({ peer }, offsetMs / 1000)
  const silent = heads.silentOf(peers.others()).map(({ mspId }) => mspId)
  for (const peer of peers.others()) metrics.peerSilent.set({ peer }, Number(silent.includes(peer)))
}
