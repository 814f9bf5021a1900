import { buildApp } from './app.ts'
import { CLOSE_GRACE_MS } from './http/closing.ts'
import { ConfigError, readConfig } from './config.ts'
import { openPorts } from './open-dependencies.ts'

/** Whatever the gateway makes is for its own user alone: databases and their journals, too, whoever started it. */
const PRIVATE_UMASK = 0o077

/** The gateway process: listens until SIGTERM or SIGINT, then answers what it has begun and closes in order. */
async function main (): Promise<void> {
  process.umask(PRIVATE_UMASK)
  const config = readConfig(process.env)
  const app = await buildApp(config, await openPorts(config))
  const end = (reason: string, code: number): void => {
    app.log.info({ reason }, 'closing')
    setTimeout(() => {
      app.log.fatal({ graceMs: CLOSE_GRACE_MS }, 'requests were still under way')
      process.exit(1)
    }, CLOSE_GRACE_MS).unref()
    app.close().then(() => { process.exit(code) }, (error: unknown) => {
      app.log.fatal({ err: error }, 'did not close in order')
      process.exit(1)
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { end(signal, 0) })
  app.ledger.onMismatch((error) => {
    app.log.fatal({ err: error }, 'this is another ledger')
    end('another ledger', 1)
  })
  await app.listen({ host: config.listen.host, port: config.listen.port })
}

main().catch((error: unknown) => {
  // Before the logger exists, or because starting failed: the reason is for the operator alone.
  process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`)
  process.exit(1)
})

function describe (error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure'
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`
}
