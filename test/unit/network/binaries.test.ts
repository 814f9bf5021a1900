import { chmod, writeFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { findBinaries } from '../../../network/binaries.ts'
import { readSettings } from '../../../network/settings.ts'

const FABRIC = ['peer', 'orderer', 'configtxgen', 'configtxlator', 'osnadmin', 'discover', 'ledgerutil']
const FABRIC_CA = ['fabric-ca-server', 'fabric-ca-client']

async function install (dir: string, tools: string[], version: string): Promise<string> {
  await mkdir(dir, { recursive: true })
  for (const tool of tools) {
    await writeFile(join(dir, tool), `#!/bin/sh\necho "${tool}:\n Version: ${version}"\n`)
    await chmod(join(dir, tool), 0o755)
  }
  return dir
}

t.test('binaries on PATH are taken when all are there and the version fits', async (t) => {
  const dir = t.testdir({})
  const old = await install(join(dir, 'old'), FABRIC, 'v2.4.9')
  const part = await install(join(dir, 'part'), FABRIC.slice(0, 3), 'v2.5.9')
  const fabric = await install(join(dir, 'fabric'), FABRIC, 'v2.5.9')
  const fabricCa = await install(join(dir, 'ca'), FABRIC_CA, 'v1.5.7')
  const settings = readSettings({ PATH: [old, part, fabric, fabricCa].join(':'), EPIONE_CACHE: join(dir, 'cache') })
  t.same(await findBinaries(settings), { fabric, fabricCa })
})

t.test('without fitting ones on PATH the cache is used, and without those they are missing', async (t) => {
  const dir = t.testdir({})
  const old = await install(join(dir, 'old'), [...FABRIC, ...FABRIC_CA], 'v2.4.9')
  const settings = readSettings({ PATH: old, EPIONE_CACHE: join(dir, 'cache') })
  t.same(await findBinaries(settings), { fabric: undefined, fabricCa: undefined })
  const cached = await install(join(dir, 'cache', 'bin'), FABRIC, 'v2.5.0')
  t.same(await findBinaries(settings), { fabric: cached, fabricCa: undefined })
})
