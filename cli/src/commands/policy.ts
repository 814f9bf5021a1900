import type { Command } from 'commander'
import { checkSchema, hashOfDocument, PolicyDocument, policyDiff, policyHash, SchemaMismatch } from '@epione/protocol'
import {
  approveNetwork, clearProxies, ClientError, describeProposal, listConvicted, listNetworkProposals, NetworkChange, PolicyCases,
  previewPolicy, proposeNetwork, readNetworkDocument, readPolicy, readPolicyInForce, requireSoundPolicy, testPolicy
} from '@epione/sdk'
import type { AdminContext, ClientContext } from '@epione/sdk'
import type { TSchema, Static } from 'typebox'
import { readAdminKey } from '../admin-key.ts'
import { readText } from '../files.ts'
import type { Act } from './act.ts'
import { parseHash, parseWhole } from './arguments.ts'
import type { CommandRun } from './run.ts'
import { parseInterval } from './times.ts'

interface PreviewOptions { limit?: string, after?: string }
interface ProposeOptions { key: string, from: string, change?: string, clear?: string[] }

/** How a policy is named: a file, the hash of one on the ledger, or this word. */
const IN_FORCE = 'in-force'
const NAMED = `file, hash, or "${IN_FORCE}"`

export function addPolicyCommands (policy: Command, act: Act): void {
  policy.command('show [policy]')
    .description(`the policy in force, or another (${NAMED}); what is proposed, and who approved it`)
    .action((named: string | undefined, _options: unknown, command: Command) => act((run) => show(run, named), command))

  policy.command('diff <before> <after>')
    .description(`who gains and who loses what (each a ${NAMED})`)
    .action((before: string, after: string, _options: unknown, command: Command) => act((run) => diff(run, before, after), command))

  policy.command('preview <policy>')
    .description(`who would gain and who would lose what of the records and consents that there are (a ${NAMED}): for auditors of the consortium`)
    .option('--limit <n>', 'go on until there are so many changes (default: 100)')
    .option('--after <cursor>', 'go on after this, the "next" of the answer before')
    .action((named: string, options: PreviewOptions, command: Command) => act((run) => preview(run, named, options), command))

  policy.command('test <policy> <cases>')
    .description(`hold a policy (${NAMED}) against a file of cases; ends with 3 when one comes out otherwise`)
    .action((named: string, cases: string, _options: unknown, command: Command) => act((run) => test(run, named, cases), command))

  policy.command('propose [policy]')
    .description('propose a policy file, or other changes, for the next network document, which more than half of the members must approve')
    .requiredOption('--key <file>', 'private key (PEM) of the admin\'s certificate')
    .requiredOption('--from <time>', 'since when it is to count, ISO 8601 with its zone: more than a minute and at most 30 days ahead')
    .option('--change <file>', 'JSON with members of the document to exchange: settings, auditors, features, formats, builds, clearances')
    .option('--clear <mspId...>', 'let these proxies be asked again, which gave false answers ("epione policy show" lists them)')
    .action((file: string | undefined, options: ProposeOptions, command: Command) => act((run) => propose(run, file, options), command))

  policy.command('approve <proposal>')
    .description('approve the proposed network document with this hash; the answer says what changes by it')
    .requiredOption('--key <file>', 'private key (PEM) of the admin\'s certificate')
    .action((hash: string, { key }: { key: string }, command: Command) =>
      act((run) => approve(run, parseHash(hash, 'the hash of a proposed document'), key), command))
}

async function show (run: CommandRun, named = IN_FORCE): Promise<object> {
  if (named !== IN_FORCE) {
    const policy = await load(run, named)
    return { policyHash: policyHash(policy), policy }
  }
  const context = run.connect(await run.loadNetwork())
  const document = await readNetworkDocument(context)
  const proposals = (await listNetworkProposals(context)).map(({ document: { version, inForceFrom, policyHash: hash }, ...proposal }) =>
    ({ ...proposal, version, policyHash: hash, inForceFrom }))
  return {
    networkVersion: document.version,
    documentHash: hashOfDocument(document),
    ...await readPolicyInForce(context),
    convicted: await listConvicted(context),
    proposals
  }
}

async function diff (run: CommandRun, before: string, after: string): Promise<object> {
  const [first, second] = [await load(run, before), await load(run, after)]
  return { before: policyHash(first), after: policyHash(second), ...policyDiff(first, second) }
}

async function preview (run: CommandRun, named: string, { limit = '100', after }: PreviewOptions): Promise<object> {
  const most = parseWhole(limit, '--limit')
  const policy = await load(run, named)
  return await previewPolicy(await run.loadToken(), policy, { limit: most, ...(after === undefined ? {} : { cursor: after }) })
}

async function test (run: CommandRun, named: string, path: string): Promise<object> {
  const policy = await load(run, named)
  const cases = await readJson(PolicyCases, path)
  const failed = testPolicy(policy, cases)
  if (failed.length === 0) return { policyHash: policyHash(policy), cases: cases.length }
  const outcome = `${String(failed.length)} of ${String(cases.length)} cases come out otherwise`
  throw new ClientError('POLICY_DIFFERS', `By this policy ${outcome}: ${failed.map((f) => `${f.name} (${f.found})`).join(', ')}.`, { failed })
}

async function propose (run: CommandRun, file: string | undefined, options: ProposeOptions): Promise<object> {
  const { key, from, change: changeFile, clear = [] } = options
  if (file === undefined && changeFile === undefined && clear.length === 0) {
    throw new ClientError('USAGE', 'Say what to propose: a policy file, --change FILE, or --clear MSPID.')
  }
  const context = await loadAdmin(run, key)
  const policy = file === undefined ? undefined : await readPolicyFile(file)
  const change: NetworkChange = changeFile === undefined ? {} : await readJson(NetworkChange, changeFile)
  const inForceFrom = parseInterval({ from }).from ?? 0
  const current = await readPolicyInForce(context)
  const named = policy === undefined ? {} : { policyHash: policyHash(policy) }
  const cleared = clear.length === 0 ? {} : { clearances: await clearProxies(context, clear) }
  const done = await proposeNetwork(context, { ...change, ...named, ...cleared }, inForceFrom, policy)
  return { ...done, inForceFrom, ...(policy !== undefined && policyDiff(current.policy, policy)) }
}

async function approve (run: CommandRun, hash: string, key: string): Promise<object> {
  const context = await loadAdmin(run, key)
  const proposal = (await listNetworkProposals(context)).find((p) => p.documentHash === hash)
  if (proposal === undefined) throw new ClientError('NOT_FOUND', `Nothing with the hash ${hash} is proposed; see "epione policy show".`)
  const change = await describeProposal(context, proposal)
  const done = await approveNetwork(context, proposal)
  return { ...done, inForceFrom: proposal.document.inForceFrom, missing: Math.max(0, proposal.missing - 1), ...change }
}

async function loadAdmin (run: CommandRun, keyFile: string): Promise<AdminContext> {
  const secret = await readAdminKey(keyFile)
  return { ...run.connect(await run.loadNetwork()), role: 'admin', secret }
}

/** A policy by file, hash or word; what is on no file is asked of the own hospital. */
async function load (run: CommandRun, named: string): Promise<PolicyDocument> {
  const connect = async (): Promise<ClientContext> => run.connect(await run.loadNetwork())
  if (named === IN_FORCE) return (await readPolicyInForce(await connect())).policy
  return /^[0-9a-f]{64}$/.test(named) ? await readPolicy(await connect(), named) : await readPolicyFile(named)
}

async function readPolicyFile (path: string): Promise<PolicyDocument> {
  return requireSoundPolicy(await readJson(PolicyDocument, path), path)
}

async function readJson<S extends TSchema> (schema: S, path: string): Promise<Static<S>> {
  const text = await readText(path)
  try {
    return checkSchema(schema, JSON.parse(text), path)
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof SchemaMismatch)) throw error
    throw new ClientError('CONFIG_INVALID', `${path} is not what it should be: ${error.message}`, { path }, { cause: error })
  }
}
