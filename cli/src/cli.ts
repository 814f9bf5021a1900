import { Command, CommanderError } from 'commander'
import type { Option } from 'commander'
import type { Act } from './commands/act.ts'
import type { Io } from './commands/io.ts'
import { asClientError, printError, printResult } from './commands/output.ts'
import { ROOMS } from './commands/rooms.ts'
import type { GlobalOptions } from './commands/run.ts'
import { ClientError, EXIT_CODES } from '@epione/sdk/errors'

const HELP_AFTER = `
Exit codes: 0 done, 1 unexpected, 2 wrong usage, 3 refused (denied, not authorised), 4 verification failed (somebody
lied; the answer names who), 5 unavailable, 6 wrong pass-phrase or damaged keystore, 7 not found,
8 incomplete (all is good up to the block named).
Environment: EPIONE_HOME, EPIONE_PASSPHRASE_FILE, EPIONE_TOKEN_FILE. Secrets are never taken from arguments.`

/** The `epione` command. Returns its exit code. */
export async function main (args: readonly string[], io: Io): Promise<number> {
  const started = performance.now()
  const json = args.includes('--json')
  const timing = (): { json: boolean, ms: number } => ({ json, ms: Math.round(performance.now() - started) })
  const act: Act = async (work, command) => {
    requireGiven(command)
    requireNothingEmpty(command)
    const { CommandRun } = await import('./commands/run.ts')
    const run = new CommandRun(command.optsWithGlobals<GlobalOptions>(), io)
    try {
      printResult(io, await run.complete(await work(run)), timing())
    } finally {
      await run.close()
    }
  }
  try {
    await (await buildProgram(args, act, io, json)).parseAsync(args, { from: 'user' })
    return EXIT_CODES.ok
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODES.ok
    const refused = error instanceof CommanderError ? new ClientError('USAGE', error.message.replace(/^error: /, '')) : asClientError(error)
    // Commander has told a person already what is wrong with the arguments.
    if (json || !(error instanceof CommanderError)) printError(io, refused, timing())
    return refused.exitCode
  }
}

/** Options that a command cannot do without: all that are missing are told at once, which Commander does not. */
const REQUIRED = new WeakSet<Option>()

function rememberRequired (command: Command): void {
  for (const option of command.options.filter(({ mandatory }) => mandatory)) {
    REQUIRED.add(option)
    option.mandatory = false
    option.description += ' (required)'
  }
  command.commands.forEach(rememberRequired)
}

/** @throws {ClientError} USAGE */
function requireGiven (command: Command): void {
  const given = command.opts<Record<string, unknown>>()
  const missing = command.options.filter((option) => REQUIRED.has(option) && given[option.attributeName()] === undefined)
  if (missing.length > 0) throw new ClientError('USAGE', `Say also ${missing.map(({ flags }) => flags).join(', ')}.`)
}

/** A shell's unset variable leaves '' where something was meant. @throws {ClientError} USAGE */
function requireNothingEmpty (command: Command): void {
  const given: Array<[string, unknown]> = [
    ...Object.entries(command.optsWithGlobals()),
    ...command.processedArgs.map((value, index): [string, unknown] => [command.registeredArguments[index]?.name() ?? '', value])
  ]
  const options = new Map(
    [...command.options, ...command.parent?.options ?? [], ...command.parent?.parent?.options ?? []].map((option) =>
      [option.attributeName(), option.long ?? option.flags])
  )
  for (const [name, value] of given) {
    if ([value].flat().some((text) => typeof text === 'string' && text.trim() === '')) {
      throw new ClientError('USAGE', `${options.get(name) ?? `<${name}>`} is empty: say what is meant.`)
    }
  }
}

/** The program with every command of the first level; the one that `args` name is whole. */
async function buildProgram (args: readonly string[], act: Act, io: Io, json: boolean): Promise<Command> {
  const program = withGlobalOptions(new Command('epione'))
    .description('Share patient records between hospitals so that nothing between author and reader can open them')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => { io.stdout.write(text) },
      writeErr: (text) => { if (!json) io.stderr.write(text) }
    })
    .addHelpText('after', HELP_AFTER)
    .exitOverride()
  const named = withGlobalOptions(new Command()).parseOptions([...args]).operands
  for (const { usage, description, load } of ROOMS) {
    const command = program.command(usage).description(description)
    if (!named.slice(0, 2).includes(command.name())) continue
    const addTo = await load()
    addTo(command, act)
    rememberRequired(command)
  }
  return program
}

function withGlobalOptions (program: Command): Command {
  return program
    .option('--home <dir>', 'folder of this person (default: EPIONE_HOME, else ~/.epione)')
    .option('--network <file>', 'network.json of the network')
    .option('--gateway <id>', 'own hospital: its organisation id or MSP id')
    .option('--passphrase-file <file>', 'file with the pass-phrase of the keystore')
    .option('--token-file <file>', 'file with a bearer token of the hospital')
    .option('--on-behalf-of <patient>', 'act for this patient, whose representative you are')
    .option('--json', 'print one JSON object')
    .option('--progress', 'report progress on stderr also without a terminal')
}
