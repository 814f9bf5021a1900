import { writeFile } from 'node:fs/promises'
import { epioneVectors } from './epione-vectors.ts'

/** Writes epione.json; its values change only when a format does. Usage: node test/vectors/epione.generate.ts */
await writeFile(new URL('epione.json', import.meta.url), JSON.stringify(await epioneVectors(), null, 2) + '\n')
