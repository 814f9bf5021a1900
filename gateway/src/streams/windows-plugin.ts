import { LEDGER_EVENTS } from '@epione/protocol'
import fp from 'fastify-plugin'
import { pause } from '@epione/host'
import { repeatChore } from '../store/chores.ts'
import { Turns } from '../turns.ts'
import { putCopies, WindowCopies } from './copy-windows.ts'
import { Devices } from './devices.ts'
import { refillSegments } from './refill-segments.ts'
import { SegmentBatches } from './segment-batches.ts'
import { sweepWindows } from './sweep-windows.ts'
import { forgetSigningKeys } from './window-receipts.ts'
import { WindowRoom } from './window-room.ts'

/** The newest of the windows that were stored just now. */
export interface Stored { stream: string, number: number }

/** What the routes of windows and segments share. */
interface Windows {
  devices: Devices
  room: WindowRoom
  copies: WindowCopies
  batches: SegmentBatches
  /** Windows of one stream are taken one request after the other. */
  turns: Turns
  /** Calls the listener for what is stored from now on; returns how to end that. */
  onStored: (listener: (stored: Stored) => void) => () => void
  tell: (stored: Stored) => void
}

declare module 'fastify' {
  interface FastifyInstance {
    windows: Windows
  }
}

/** How often (ms) windows are looked for that are gone or that no segment names, and how soon after the start the former. */
const [SWEEP_EVERY_MS, FIRST_AFTER_MS] = [10 * 60 * 1000, 5_000]

/** Takes windows of patients' devices, registers their segments, and keeps both as the ledger says. */
export const windowsPlugin = fp((app, _options, done) => {
  const listeners = new Set<(stored: Stored) => void>()
  const devices = new Devices(app)
  const { gateway } = app.ledger
  app.decorate('windows', {
    devices,
    room: new WindowRoom(app),
    copies: new WindowCopies({ put: async (windows) => await putCopies(app, windows) }),
    batches: new SegmentBatches({
      submit: async (statements) => {
        const { value: { items }, txId, blockNumber } = await gateway.registerSegments(statements)
        return { items, txId, blockNumber: Number(blockNumber) }
      }
    }),
    turns: new Turns(),
    onStored: (listener) => {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    tell: (stored) => { for (const listener of listeners) listener(stored) }
  })
  app.events.onEvent((event) => {
    devices.note(event)
    if (event.name === LEDGER_EVENTS.proxyRegistered) forgetSigningKeys(gateway)
  })
  const stop = new AbortController()
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    const keepHouse = async (): Promise<void> => {
      await refillSegments(app)
      await sweepWindows(app)
    }
    work = pause(FIRST_AFTER_MS, stop.signal).then(async () => {
      await repeatChore(app, { name: 'windows', everyMs: SWEEP_EVERY_MS, work: keepHouse }, stop.signal)
    })
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'windows', dependencies: ['store', 'events', 'ledger', 'peers', 'heads', 'proxy', 'room'] })
