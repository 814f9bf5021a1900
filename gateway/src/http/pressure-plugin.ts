import underPressure from '@fastify/under-pressure'
import fp from 'fastify-plugin'
import { GatewayError } from '../errors.ts'

/** How often (ms) the process's delay is looked at, and how long it must last: one long pause, as at a start, is no load. */
const [SAMPLE_MS, LASTING_MS] = [500, 750]
const RETRY_AFTER_SECONDS = 2

/**
 * Sheds what comes while this process is late with everything: a request refused at once is worth more than all of them answered too late.
 * What stops something, and whether the gateway is well, are answered all the same.
 */
export const pressurePlugin = fp(async (app) => {
  let [since, last] = [-Infinity, -Infinity]
  const isLasting = (): boolean => {
    const now = performance.now()
    if (now - last > 2 * SAMPLE_MS) since = now
    last = now
    return now - since >= LASTING_MS
  }
  await app.register(underPressure, {
    maxEventLoopDelay: app.config.limits.delayMs,
    sampleInterval: SAMPLE_MS,
    pressureHandler: ({ routeOptions: { config } }) => {
      const isUrgent = config.stops === true || config.operation?.tags.includes('health') === true
      if (!isLasting() || isUrgent) return undefined
      return Promise.reject(new GatewayError('OVERLOADED', 'this gateway is late with everything it does: nothing was taken, send it again later', {
        retryAfterSeconds: RETRY_AFTER_SECONDS
      }))
    }
  })
}, { name: 'pressure', dependencies: ['problem-details'] })
