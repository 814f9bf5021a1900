#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'

// Compiled code is kept under the person's own account: in a folder of all accounts another one could leave code for this one to run.
const { HOME, XDG_CACHE_HOME } = process.env
const cache = XDG_CACHE_HOME ?? (HOME === undefined ? undefined : join(HOME, '.cache'))
if (cache !== undefined) enableCompileCache(join(cache, 'epione'))

await import('../dist/bundle/program.js')
