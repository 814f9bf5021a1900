import { createServer } from 'node:http'
import { assemble } from './service/assemble.ts'
import { describeError } from './service/logger.ts'
import { AnchorMetrics } from './service/metrics.ts'
import { readiness, runService } from './service/run.ts'
import { readSettings } from './service/settings.ts'
import { readStatus } from './service/status.ts'
import { tellStatus } from './service/tell-status.ts'
import { collectDefaultMetrics } from 'prom-client'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Assembly } from './service/assemble.ts'
import type { Loops } from './service/run.ts'

/** How long (ms) a pass may take once the process is told to end; whoever ends it waits longer (network/host/processes.ts). */
const CLOSE_GRACE_MS = 30_000
/** Whatever the service makes is for its own user alone, whoever started it. */
const PRIVATE_UMASK = 0o077

/** The anchor service of one organisation: works until SIGTERM or SIGINT. */
async function main (): Promise<void> {
  process.umask(PRIVATE_UMASK)
  // A log that cannot be written, on a full disk, must not end the service.
  process.stdout.on('error', () => undefined)
  const settings = readSettings(process.env)
  const assembly = await assemble(settings)
  const [loops, stop]: [Loops, AbortController] = [{ following: false }, new AbortController()]
  const metrics = new AnchorMetrics(assembly.alarms)
  collectDefaultMetrics({ register: metrics.registry })
  const server = createServer((request, response) => {
    answer({ assembly, loops, metrics }, request, response).catch((error: unknown) => {
      assembly.log('error', { err: describeError(error) }, 'a request failed')
      reply(response, 503, { error: 'the EVM node does not answer' })
    })
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop.abort()
      setTimeout(() => {
        assembly.log('error', { graceMs: CLOSE_GRACE_MS }, 'a pass was still under way')
        process.exit(1)
      }, CLOSE_GRACE_MS).unref()
    })
  }
  server.listen(settings.listen.port, settings.listen.host)
  await Promise.all([runService(assembly, loops, stop.signal), tellStatus(assembly, stop.signal)])
  server.closeAllConnections()
  server.close()
  await assembly.close()
}

interface Running { assembly: Assembly, loops: Loops, metrics: AnchorMetrics }

async function answer ({ assembly, loops, metrics }: Running, { url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (url.split('?', 1)[0]) {
    case '/health/live': reply(response, 200, { live: true }); return
    case '/health/ready': {
      const { ready, ...checks } = readiness(loops, assembly.alarms, Date.now())
      reply(response, ready ? 200 : 503, checks)
      return
    }
    case '/status': reply(response, 200, await readStatus(assembly, Date.now())); return
    case '/metrics': {
      const status = await readStatus(assembly, Date.now()).catch((error: unknown) => {
        assembly.log('warn', { err: describeError(error) }, 'the EVM node does not answer')
        return undefined
      })
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(await metrics.format(status))
      return
    }
    default: reply(response, 404, { error: 'known are /health/live, /health/ready, /status and /metrics' })
  }
}

function reply (response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

main().catch((error: unknown) => {
  process.stderr.write(`${JSON.stringify(describeError(error))}\n`)
  process.exit(1)
})
