import { writeFile } from 'node:fs/promises'
import { makeFormatVectors } from './formats.ts'

/** Writes formats.json. Usage: node test/vectors/formats.generate.ts */
await writeFile(new URL('formats.json', import.meta.url), `${JSON.stringify(makeFormatVectors(), null, 1)}\n`)
