import { startAnchors } from '../nodes/anchors.ts'
import { withLock } from '../host/lock.ts'
import { report } from '../host/logger.ts'
import { runPlainVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/anchor-up.ts
Starts the local EVM node (where there is one), deploys the contract unless it is there, and starts every organisation's
anchor service. The network must be up; \`make up\` does all this, too.
`

await runPlainVerb(USAGE, async (context) => {
  await withLock(context.paths, async () => await startAnchors(context))
  report(`anchoring is up: ${context.paths.anchorContract}`)
})
