import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { Guesses } from './guesses.ts'
import { PAGE_HEADERS, renderPage, signInForm } from './pages.ts'
import type { People } from './people.ts'

/** Name and password, percent-encoded. */
const BODY_BYTES_MAX = 8192

export interface SignInPage { provider: Provider, people: People, organization: string, guesses?: Guesses }

/** Answers `/sign-in/ID`: shows the form, checks what was typed, and leads back to what was asked for. */
export function createSignInPage ({ provider, people, organization, guesses = new Guesses() }: SignInPage): (
  request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const show = (status: number, subject: string, fault?: string): void => {
      const body = signInForm(request.url ?? '', subject)
      response.writeHead(status, PAGE_HEADERS).end(renderPage({ organization, title: 'Sign in', body, fault }))
    }
    const ended = (): void => {
      const fault = 'This sign-in has ended, or was begun in another browser: start again where you came from.'
      response.writeHead(400, PAGE_HEADERS).end(renderPage({ organization, title: 'Sign in', body: '', fault }))
    }
    const interaction = await provider.interactionDetails(request, response).catch(() => undefined)
    if (interaction === undefined || request.url !== `/sign-in/${interaction.uid}`) { ended(); return }
    if (request.method === 'GET') { show(200, ''); return }
    const { subject, password } = await readTyped(request)
    if (subject === '' || password === '') { show(400, subject, 'Type your name and your password.'); return }
    const wait = guesses.waitSeconds(subject)
    if (wait > 0) {
      response.setHeader('retry-after', String(wait))
      show(429, subject, `Too many wrong passwords for this name: try again in ${String(wait)} seconds.`)
      return
    }
    guesses.begin(subject)
    if (!await people.isPassword(subject, password)) { show(401, subject, 'Name or password is wrong.'); return }
    guesses.right(subject)
    await provider.interactionFinished(request, response, { login: { accountId: subject, remember: false } })
  }
}

async function readTyped (request: IncomingMessage): Promise<{ subject: string, password: string }> {
  const form = await readForm(request)
  return { subject: form?.get('subject')?.trim() ?? '', password: form?.get('password') ?? '' }
}

async function readForm (request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (request.method !== 'POST' || !/^application\/x-www-form-urlencoded(;|$)/.test(request.headers['content-type'] ?? '')) return undefined
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > BODY_BYTES_MAX) return undefined
    pieces.push(piece)
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'))
}
