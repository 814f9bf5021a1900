import { serveProvider } from './serve.ts'
import { readSettings } from './settings.ts'

/** Whatever the provider makes is for its own user alone. */
process.umask(0o077)

const running = serveProvider(readSettings(process.env))
running.then(({ close }) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => { close().then(() => { process.exit(0) }, () => { process.exit(1) }) })
  }
}, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown failure'}\n`)
  process.exit(1)
})
