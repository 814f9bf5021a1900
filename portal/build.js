import { join } from 'node:path'
import { buildPages } from './build-pages.js'

console.log(`portal: build ${await buildPages(join(import.meta.dirname, 'dist'))}`)
