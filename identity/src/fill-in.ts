/** Pages on the way from a link to "signed in"; more mean a circle. */
const PAGES_MAX = 12

/** What a browser is: it sends a request with the cookies that it was given. */
export type Send = (url: string, init: { method: string, headers: Record<string, string>, body?: string }) => Promise<{
  status: number, headers: { get: (name: string) => string | null, getSetCookie: () => string[] }, text: () => Promise<string>
}>

/** Where a sign-in ended: on a page of the provider, or on its way to a page of the client, which is not called. */
export interface Arrival { url: string, text: string }

/**
 * Does what a person does in a browser: opens the link, types name and password where a page asks for them, and presses the first button
 * of every other page. For demos, tests and scripts of whoever has the password anyway.
 * @throws {Error} with what the page says, when it refuses
 */
export async function fillIn (send: Send, link: string, { subject, password }: { subject: string, password: string }): Promise<Arrival> {
  const { origin } = new URL(link)
  const cookies = new Map<string, string>()
  let next: { url: string, form?: Map<string, string> } = { url: link }
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    if (new URL(next.url).origin !== origin) return { url: next.url, text: '' }
    const answer = await send(next.url, requestOf(next.form, cookies))
    for (const cookie of answer.headers.getSetCookie()) keepCookie(cookies, cookie)
    const text = await answer.text()
    const location = answer.headers.get('location')
    if (location !== null) {
      next = { url: new URL(location, next.url).href }
      continue
    }
    const fault = /<p class="fault" role="alert">([^<]*)</.exec(text)?.[1]
    if (fault !== undefined || answer.status !== 200) throw new Error(unescapeHtml(fault ?? `${next.url} answers ${String(answer.status)}`))
    const form = firstForm(text)
    if (form === undefined) return { url: next.url, text }
    if (form.fields.has('password')) form.fields.set('subject', subject).set('password', password)
    next = { url: new URL(form.action, next.url).href, form: form.fields }
  }
  throw new Error(`${link} leads through too many pages`)
}

function requestOf (form: Map<string, string> | undefined, cookies: Map<string, string>): Parameters<Send>[1] {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers: Record<string, string> = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) }
  if (form === undefined) return { method: 'GET', headers }
  return {
    method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams([...form]).toString()
  }
}

/** Names are enough: all cookies are of one origin, and each page ends those that it is done with. */
function keepCookie (cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
  if (value === '' || /;\s*expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}

function firstForm (page: string): { action: string, fields: Map<string, string> } | undefined {
  const [, head = '', body = ''] = /<form([^>]*)>([\s\S]*?)<\/form>/.exec(page) ?? []
  const action = attributeOf(head, 'action')
  if (action === undefined) return undefined
  const fields = new Map([...body.matchAll(/<input([^>]*)>/g)].map(([, input = '']): [string, string] =>
    [attributeOf(input, 'name') ?? '', attributeOf(input, 'value') ?? '']))
  return { action, fields }
}

function attributeOf (text: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1]
  return found === undefined ? undefined : unescapeHtml(found)
}

function unescapeHtml (text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
