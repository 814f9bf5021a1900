#!/usr/bin/env node
import { lstatSync, mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { isAbsolute, join } from 'node:path'
import process from 'node:process'

const folder = cacheFolder()
if (folder !== undefined) enableCompileCache(folder)

await import('../dist/bundle/program.js')

/*
 * Where compiled code is kept: a folder that this person alone writes to, since whoever does could leave code for this one to run. A
 * variable that is empty or relative counts for nothing: it would name a folder of wherever the command is called.
 */
function cacheFolder () {
  const { HOME = '', XDG_CACHE_HOME = '' } = process.env
  const parent = [XDG_CACHE_HOME, join(HOME, '.cache')].find((path) => isAbsolute(path))
  if (parent === undefined) return undefined
  const path = join(parent, 'epione')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const { uid, mode } = lstatSync(path)
    const isOwn = uid === (process.getuid?.() ?? uid)
    return isOwn && (mode & 0o022) === 0 ? path : undefined
  } catch {
    // A cache only saves time.
    return undefined
  }
}
