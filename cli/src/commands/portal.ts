import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { ClientError, errorCodeOf, messageOf, readNetworkDocument } from '@epione/sdk'
import type { NetworkDocument } from '@epione/protocol'
import type { Act } from './act.ts'
import { parsePort } from './arguments.ts'
import { untilEnded } from './ended.ts'
import { loadPackage } from './optional-package.ts'
import { plain } from './output.ts'
import { readPublishedAnchor } from './proof.ts'
import type { CommandRun, NetworkChoice } from './run.ts'

interface Options { port: string, pages?: string, anchor?: string, unlistedBuild?: boolean, for?: string }

/** `portal`: the installed pages, for one person's browser on this machine, for as long as it runs. */
export function addPortal (portal: Command, act: Act): void {
  portal
    .option('--port <n>', 'port to listen on; what a browser keeps belongs to it, so keep to one. 0 takes a free one', '8104')
    .option('--pages <folder>', 'another built copy of the pages than the installed one')
    .option('--anchor <file>', 'anchor.json that the consortium publishes: wallets in the pages verify against its contract')
    .option('--unlisted-build', 'serve pages that are another build than the members of the network agreed on')
    .option('--for <time>', 'end after so long, as 8h')
    .addHelpText('after', `
Prints an address that one browser can open once, within ten minutes; press Enter for another. Keys and pass-phrases stay in the browser:
this program passes on to the hospitals of the network, and knows no secret.`)
    .action((options: Options, command: Command) => act((run) => serve(run, options), command))
}

async function serve (run: CommandRun, options: Options): Promise<object> {
  const { PortalService, readSite, judgeBuild } = await loadPackage('@epione/portal-service and @epione/portal', async () => await import('@epione/portal-service'))
  const port = parsePort(options.port, '--port')
  const site = await readSite(options.pages ?? installedPages()).catch((error: unknown) => { throw told(error) })
  const anchor = options.anchor === undefined ? undefined : await readPublishedAnchor(options.anchor)
  const network = await run.loadNetwork()
  const { testing, builds } = await proveNewest(run, network)
  requireAgreed(run, judgeBuild(builds, site.build), { build: site.build, isTaken: options.unlistedBuild === true })
  if (testing === true) run.say('This network is for testing: its settings protect nobody.')
  const { networkId, networkName, document, gateways } = network
  const service = await PortalService.listen({
    label: await run.home.portalLabel(() => `epione-${randomBytes(6).toString('hex')}`),
    port,
    site,
    config: {
      edition: 'installed',
      network: {
        networkId,
        networkName,
        document,
        gateways: gateways.map(({ mspId, id, name, url }) => ({ mspId, id, name, url })),
        ...(anchor === undefined ? {} : { anchor })
      }
    },
    gateways,
    onFailure: (error) => { run.say(plain(`portal: ${errorCodeOf(error) ?? 'UNEXPECTED'}: ${messageOf(error)}`)) }
  }).catch((error: unknown) => { throw told(error) })
  try {
    tell(run, service.printAddress())
    const stopAsking = onEnter(run, () => { tell(run, service.printAddress()) })
    await untilEnded(options.for).finally(stopAsking)
    return { origin: service.origin, build: site.build, ended: true }
  } finally {
    await service.close()
  }
}

/** @throws {ClientError} USAGE */
function installedPages (): string {
  try {
    return fileURLToPath(new URL('dist', import.meta.resolve('@epione/portal/package.json')))
  } catch (error) {
    throw new ClientError('USAGE', 'The pages are not installed here: install @epione/portal, or say --pages FOLDER.', {}, { cause: error })
  }
}

/**
 * Hospitals that can be reached must prove the network of the file, two where there are two: one alone could hold back what was agreed on
 * since. The pages prove it again, of each that they ask. @throws {ClientError} NETWORK_MISMATCH, UNAVAILABLE when nobody answers
 */
async function proveNewest (run: CommandRun, network: NetworkChoice): Promise<NetworkDocument> {
  const context = run.connect(network)
  const { answers } = await context.gateways.askTwoReachable((gateway) => readNetworkDocument(context, gateway))
  if (answers.length === 1 && context.gateways.ofOtherOrganizations(context.gateways.own).length > 0) {
    run.say('Only one hospital can be reached: it alone says which build of the pages counts.')
  }
  return answers.map(({ value }) => value).reduce((best, one) => one.version > best.version ? one : best)
}

/** Pages that nobody agreed on may send keys anywhere. @throws {ClientError} USAGE */
function requireAgreed (run: CommandRun, agreed: 'agreed' | 'foreign' | 'open', { build, isTaken }: { build: string, isTaken: boolean }): void {
  if (agreed === 'agreed') return
  if (agreed === 'open') {
    run.say(`The network names no build of the pages. This copy is ${build}: compare it with what your hospital publishes.`)
    return
  }
  const what = `This copy of the pages is ${build}, which is none that the members of the network agreed on.`
  if (!isTaken) throw new ClientError('USAGE', `${what} Install the pages again, or say --unlisted-build if you know who made it.`, { build })
  run.say(`WARNING: ${what} Whoever made it can read what you type into it, your phrase and pass-phrase, too.`)
}

function told (error: unknown): unknown {
  return errorCodeOf(error) === 'SITE_DAMAGED' || errorCodeOf(error) === 'PORT_TAKEN'
    ? new ClientError('USAGE', `${messageOf(error)}.`, {}, { cause: error })
    : error
}

function tell (run: CommandRun, address: string): void {
  run.io.stdout.write(run.options.json === true
    ? `${JSON.stringify({ type: 'listening', address })}\n`
    : `Open ${address} in your browser, once and within ten minutes. Enter shows another address, Ctrl-C ends.\n`)
}

/** Each line that a person types prints another address. */
function onEnter (run: CommandRun, work: () => void): () => void {
  const lines = createInterface({ input: run.io.stdin })
  lines.on('line', work)
  return () => { lines.close() }
}
