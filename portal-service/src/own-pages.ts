const STYLE = 'body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}'

/** Exchanges the ticket of the address for a cookie, and takes it out of the address before anything else. */
const ENTER = `const ticket = location.hash.slice(1)
history.replaceState(null, '', '/enter')
const said = document.getElementById('said')
fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ticket }) })
  .then((answer) => { if (answer.ok) location.replace('/'); else said.textContent = 'This address was used already, or is too old. Press Enter in the terminal where "epione portal" runs, and open the address that it shows.' },
    () => { said.textContent = 'The portal does not answer: is "epione portal" still running in the terminal?' })`

/** Goes on at the pages as one of their own: a browser sends the cookie with no navigation that another site began. */
const SIGNED_IN = 'location.replace(\'/signed-in\' + location.search)'

export interface OwnPage { html: string, script: string, style: string }

function page (text: string, script: string): OwnPage {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Epione</title><style>${STYLE}</style></head>` +
    `<body><main><h1>Epione</h1><p id="said" role="status">${text}</p></main><script>${script}</script></body></html>`
  return { html, script, style: STYLE }
}

export const ENTER_PAGE = page('One moment.', ENTER)
export const SIGNED_IN_PAGE = page('One moment.', SIGNED_IN)
/** For a browser that was not let in. */
export const CLOSED_PAGE = page('Open the address that the terminal shows where "epione portal" runs; press Enter there for a new one.', '')
