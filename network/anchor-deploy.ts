import { deployAnchor } from './anchors.ts'
import { withLock } from './lock.ts'
import { checkStamp } from './stamp.ts'
import { loadContext, runVerb } from './verb.ts'

const USAGE = `usage: node network/anchor-deploy.ts
Deploys the Anchor contract with the organisations' witnesses, unless the one in the state folder is on the chain; prints where it is.
`

await runVerb(async (args) => {
  if (args.length > 0) {
    process.stderr.write(USAGE)
    return args.includes('--help') ? 0 : 2
  }
  const context = await loadContext()
  await checkStamp(context.paths, context.topology.consortium)
  const deployed = await withLock(context.paths, async () => await deployAnchor(context))
  process.stdout.write(JSON.stringify(deployed, null, 2) + '\n')
  return 0
})
