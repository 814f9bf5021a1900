import { deployAnchor } from '../nodes/anchors.ts'
import { withLock } from '../host/lock.ts'
import { runPlainVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/anchor-deploy.ts
Deploys the Anchor contract with the organisations' witnesses, unless the one in the state folder is on the chain; prints where it is.
`

await runPlainVerb(USAGE, async (context) => {
  const deployed = await withLock(context.paths, async () => await deployAnchor(context))
  process.stdout.write(JSON.stringify(deployed, null, 2) + '\n')
})
