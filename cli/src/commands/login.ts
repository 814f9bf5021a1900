import { spawn } from 'node:child_process'
import type { Command } from 'commander'
import { ClientError, parseScopes } from '@epione/sdk'
import { describeSignIn } from '@epione/sdk/sign-in'
import type { IdentityProvider, SignedIn, Tokens } from '@epione/sdk/sign-in'
import { reachProvider } from '../sign-in/identity-provider.ts'
import { KeptSignIn } from '../sign-in/kept-sign-in.ts'
import { readServiceKey } from '../sign-in/service-key.ts'
import type { Act } from './act.ts'
import { plain } from './output.ts'
import type { CommandRun } from './run.ts'
import { readNewPassphrase } from './secrets.ts'

/** The command itself, at identity providers. */
const CLIENT_ID = 'epione-cli'

interface LoginOptions { scope?: string, browser?: string, client: string, clientKey?: string }

export function addLogin (login: Command, act: Act): void {
  login
    .option('--scope <scopes>', 'what tokens shall open, with blanks between (default: all that your duties allow)')
    .option('--browser <program>', 'a program that is called with the address of the page (default: it is only shown)')
    .option('--client <id>', 'name of the client at the identity provider', CLIENT_ID)
    .option('--client-key <file>', 'sign in as a program of the hospital, by this private key (JWK): no page, nobody is asked')
    .addHelpText('after', `
Shows an address and a code: open the page in any browser, check the code, and sign in there. No password passes through this program.
The sign-in is kept sealed in the home, and tokens are exchanged as they end, until the identity provider ends it or "epione logout" does.`)
    .action((options: LoginOptions, command: Command) => act((run) => logIn(run, options), command))
}

export function addLogout (logout: Command, act: Act): void {
  logout.action((_options, command: Command) => act(async (run) => await logOut(run), command))
}

export function addToken (token: Command, act: Act): void {
  token
    .addHelpText('after', '\nWhoever has a token acts as you until it ends: hand it to programs of yours alone, and not in arguments.')
    .action((_options, command: Command) => act(async (run) => {
      const { accessToken, expiresAt, scope } = await keptBy(run).current()
      return { token: accessToken, expiresAt, scope }
    }, command))
}

async function logIn (run: CommandRun, { scope, browser, client, clientKey }: LoginOptions): Promise<object> {
  const { own } = run.connect(await run.loadNetwork()).gateways
  const { issuer, audience, scopes } = await describeSignIn(own)
  const caPem = own.info.tlsCaPem
  const provider = await reachProvider({ issuer, clientId: client, caPem })
  try {
    const asked = scope ?? scopes.filter((known) => known.startsWith(clientKey === undefined ? 'user/' : 'system/')).join(' ')
    const { subject, name, until, ...tokens } = clientKey === undefined
      ? await signInByPage(run, provider, asked, audience, browser)
      : await provider.signInByKey(await readServiceKey(clientKey), asked, audience)
    const granted = tokens.scope ?? asked
    if (wordsOf(granted).length === 0) {
      throw new ClientError('REFUSED', `The identity provider ${issuer} signed ${subject ?? 'you'} in, and granted nothing of what was asked for.`)
    }
    await keptBy(run).keep({
      issuer,
      clientId: client,
      audience,
      ...tokens,
      scope: granted,
      ...(caPem === undefined ? {} : { caPem }),
      ...(clientKey === undefined ? {} : { keyFile: clientKey })
    })
    const warnings = warnOf(asked, granted, scope !== undefined)
    return {
      home: run.home.folder,
      name,
      subject,
      hospital: own.info.name,
      issuer,
      scope: wordsOf(granted).join(' '),
      tokenUntil: tokens.expiresAt,
      signedInUntil: until,
      ...(warnings.length === 0 ? {} : { warnings })
    }
  } finally {
    await provider.close()
  }
}

/** What of scopes opens something at a gateway; the others are of the sign-in itself. */
const wordsOf = (scopes: string): string[] => scopes.split(' ').filter((word) => word.includes('/'))

/**
 * Where what was granted is not what was asked for, whichever form of scopes the provider writes. Less than all is told to whoever chose.
 */
export function warnOf (asked: string, granted: string, chosen: boolean): string[] {
  const [wanted, given] = [parseScopes(asked), parseScopes(granted)]
  const refused = chosen ? asked.split(' ').filter((word) => word !== '' && !given.allows(word)) : []
  const more = wordsOf(granted).filter((word) => !wanted.allows(word))
  return [
    ...(refused.length === 0 ? [] : [`Not granted: ${refused.join(', ')}. Your duties, or the identity provider, do not allow it.`]),
    ...(more.length === 0 ? [] : [`Granted though not asked for: ${more.join(', ')}. Tell the admin of your hospital's identity provider.`])
  ]
}

async function signInByPage (
  run: CommandRun, provider: IdentityProvider, scope: string, audience: string, browser: string | undefined
): Promise<Tokens & SignedIn> {
  const request = await provider.beginDevice(scope, audience)
  run.say(plain(`Open ${request.completeLink} in a browser, check that it shows the code ${request.userCode}, and sign in there.`))
  const called = browser === undefined ? undefined : callBrowser(run, browser, request.completeLink)
  return await Promise.race([provider.awaitDevice(request, called !== undefined), ...called === undefined ? [] : [called]])
}

/** Ends only when the program fails: signing in goes on at the page. */
function callBrowser ({ io }: CommandRun, program: string, link: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const child = spawn(program, [link], { stdio: ['ignore', 'ignore', 'pipe'], env: io.env })
    let said = ''
    child.stderr.on('data', (piece: Buffer) => { said = `${said}${piece.toString('utf8')}`.slice(-1000) })
    child.on('error', (cause) => { reject(new ClientError('USAGE', `--browser ${program} cannot be run: ${cause.message}`, {}, { cause })) })
    child.on('close', (code) => {
      if (code !== 0) reject(new ClientError('REFUSED', `--browser ${program} ended with ${String(code)}: ${said.trim()}`))
    })
  })
}

async function logOut (run: CommandRun): Promise<object> {
  const wasSignedIn = await run.home.findSignIn() !== undefined
  if (!wasSignedIn) return { home: run.home.folder, wasSignedIn }
  const warnings: string[] = []
  try {
    await keptBy(run).end()
  } catch (error) {
    // Here it ends in any case.
    if (!(error instanceof ClientError)) throw error
    warnings.push(`The identity provider was not told, and ends the sign-in by its own time: ${error.message}`)
  } finally {
    await run.home.forgetSignIn()
  }
  return { home: run.home.folder, wasSignedIn, ...(warnings.length === 0 ? {} : { warnings }) }
}

function keptBy (run: CommandRun): KeptSignIn {
  return new KeptSignIn(run.home, { passphrase: async () => await passphraseOf(run), keys: async () => await run.ownKeys() })
}

/** Where nothing is sealed in a home yet, a pass-phrase is a new one, and asked for twice. */
async function passphraseOf (run: CommandRun): Promise<string> {
  const isNew = await run.home.findSignIn() === undefined && await run.home.findKeystore() === undefined
  return isNew ? await readNewPassphrase(run.secrets) : await run.passphrase()
}
