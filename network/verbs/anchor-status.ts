import { anchorServices, runAnchorAdmin } from '../nodes/anchors.ts'
import { checkStamp } from '../host/stamp.ts'
import { loadContext } from '../description/context.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/anchor-status.ts [--json]
Shows, as each organisation's anchor service sees it: head of the contract, lag in blocks and seconds, balance and cost so far.
`

await runVerb(async (args) => {
  if (args.some((argument) => argument !== '--json')) {
    process.stderr.write(USAGE)
    return args.includes('--help') ? 0 : 2
  }
  const context = await loadContext()
  await checkStamp(context.paths, context.topology)
  const all = await Promise.all(anchorServices(context.topology).map(async ({ organization, service }) =>
    ({ organization: organization.id, ...await runAnchorAdmin(organization, service, context, ['status']) })))
  if (args.includes('--json')) process.stdout.write(JSON.stringify(all, null, 2) + '\n')
  else {
    for (const one of all) {
      process.stdout.write(
        Object.entries(one).map(([name, value]) =>
      `${name.padEnd(14)} ${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('') + '\n'
      )
    }
  }
  return 0
})
