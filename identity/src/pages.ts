import { createHash } from 'node:crypto'

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 26rem; padding: 1.5rem }
h1 { font-size: 1.4rem }
label { display: block; margin-top: 1rem; font-weight: 600 }
input, button { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 2px solid; border-radius: .3rem }
button { margin-top: 1.2rem; cursor: pointer }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
.fault { border-inline-start: .3rem solid; padding-inline-start: .7rem }
code { font-size: 1.5rem; letter-spacing: .1em }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** Of pages without a script; a form may lead on to a page of another origin, which the provider has checked. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
}

/** Text as it is safe between tags and in quoted attributes. */
export function escapeHtml (text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)
}

interface Page { organization: string, title: string, body: string, fault?: string | undefined }

/** A whole page: one heading, what went wrong first and announced, no script. */
export function renderPage ({ organization, title, body, fault }: Page): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(fault === undefined ? title : `Error: ${title}`)} - ${escapeHtml(organization)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(organization)}</p>
${fault === undefined ? '' : `<p class="fault" role="alert">${escapeHtml(fault)}</p>`}
${body}
</main></body></html>
`
}

/** Asks for name and password. */
export function signInForm (action: string, subject: string): string {
  return `<form method="post" action="${escapeHtml(action)}">
<label for="subject">Name</label>
<input id="subject" name="subject" value="${escapeHtml(subject)}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="255">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024">
<button>Sign in</button>
</form>`
}

/** Asks for the code that a workstation shows; `hidden` are the provider's own fields. */
export function codeForm (action: string, xsrf: string): string {
  return `<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<label for="code">Code that the workstation shows</label>
<input id="code" name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="32">
<button>Go on</button>
</form>`
}

/** Who wants to be signed in: its client and code, and its address where that is not the browser's own. */
export interface Asking { code: string, client: string, askedFrom: string | undefined }

/** Asks whether the workstation with this code is one's own. */
export function confirmForm (action: string, xsrf: string, { code, client, askedFrom }: Asking): string {
  const elsewhere = `<p class="fault">It asks from ${escapeHtml(askedFrom ?? '')}, which is not where this browser is. Whoever sent you here may want to act in your name.</p>`
  return `<p>${escapeHtml(client)} wants to act as you. Go on only if your own workstation shows this code:</p>
<p><code>${escapeHtml(code)}</code></p>
${askedFrom === undefined ? '' : elsewhere}
<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<input type="hidden" name="user_code" value="${escapeHtml(code)}">
<input type="hidden" name="confirm" value="yes">
<button>It does: go on</button>
</form>
<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<input type="hidden" name="user_code" value="${escapeHtml(code)}">
<input type="hidden" name="abort" value="yes">
<button>It does not: stop</button>
</form>`
}
