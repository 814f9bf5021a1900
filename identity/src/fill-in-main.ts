import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { getCACertificates } from 'node:tls'
import { fillIn } from './fill-in.ts'
import type { Send } from './fill-in.ts'

const USAGE = `usage: EPIONE_SUBJECT=NAME EPIONE_PASSWORDS=FILE EPIONE_CA=FILE epione-fill-in URL
Stands for a person at a browser: types name and password at a hospital's sign-in page. FILE holds passwords by name, as \`make up\` writes it.
`

async function main (): Promise<void> {
  const [link] = process.argv.slice(2)
  const { EPIONE_SUBJECT: subject, EPIONE_PASSWORDS: passwords, EPIONE_CA: ca } = process.env
  if (link === undefined || subject === undefined || passwords === undefined || ca === undefined) throw new Error(USAGE)
  const password = (JSON.parse(await readFile(passwords, 'utf8')) as Record<string, string>)[subject]
  if (password === undefined) throw new Error(`${passwords} has no password of ${subject}`)
  await fillIn(createSend(await readFile(ca, 'utf8')), link, { subject, password })
}

function createSend (ca: string): Send {
  return (url, { method, headers, body }) => new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, ca: [...getCACertificates('default'), ca], agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => { pieces.push(piece) })
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: {
            get: (name) => [response.headers[name] ?? []].flat()[0] ?? null,
            getSetCookie: () => response.headers['set-cookie'] ?? []
          },
          text: () => Promise.resolve(Buffer.concat(pieces).toString('utf8'))
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown failure'}\n`)
  process.exitCode = 1
})
