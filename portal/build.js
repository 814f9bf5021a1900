import { join } from 'node:path'
import { build } from 'vite'
import { writeBuildManifest } from '@epione/portal-service'
import { buildFrames } from './build-frames.js'

/*
 * Builds the pages (dist/site), the documents in which records are shown (dist/frame), and what names the build (dist/build.json): the
 * same sources give the same bytes, wherever and whenever.
 */
const root = import.meta.dirname
await build({ root, configFile: join(root, 'vite.config.js'), logLevel: 'warn' })
await buildFrames(join(root, 'src', 'frame'), join(root, 'dist', 'frame'))
console.log(`portal: build ${await writeBuildManifest(join(root, 'dist'))}`)
