import { startAnchors } from './anchors.ts'
import { withLock } from './lock.ts'
import { report } from './logger.ts'
import { checkStamp } from './stamp.ts'
import { loadContext, runVerb } from './verb.ts'

const USAGE = `usage: node network/anchor-up.ts
Starts the local EVM node (where there is one), deploys the contract unless it is there, and starts every organisation's
anchor service. The network must be up; \`make up\` does all this, too.
`

await runVerb(async (args) => {
  if (args.length > 0) {
    process.stderr.write(USAGE)
    return args.includes('--help') ? 0 : 2
  }
  const context = await loadContext()
  await checkStamp(context.paths, context.topology.consortium)
  await withLock(context.paths, async () => await startAnchors(context))
  report(`anchoring is up: ${context.paths.anchorContract}`)
  return 0
})
