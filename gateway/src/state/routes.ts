import { STATE } from '@epione/protocol/api'
import type { HospitalState } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { serve } from '../http/serve.ts'
import { readState } from './read-state.ts'

/** How the hospital's part of the network is, for whoever looks after it. */
export const stateRoutes: FastifyPluginCallback = (app, _options, done) => {
  let reading: Promise<HospitalState> | undefined
  // Whoever asks meanwhile gets the same answer: asking often costs the store and the peer nothing more.
  app.route(serve(STATE.read, async () => {
    reading ??= readState(app).finally(() => { reading = undefined })
    return await reading
  }))
  done()
}
