import { lookup } from 'node:dns/promises'
import { statfs } from 'node:fs/promises'
import { freemem } from 'node:os'
import { dirname } from 'node:path'
import { GO_VERSION } from '../fabric/binaries.ts'
import type { Finding } from './finding.ts'
import { messageOf } from '../errors.ts'
import { fileExists } from '../../host/src/index.ts'
import type { Host } from '../description/consortium.ts'
import type { Settings } from '../description/settings.ts'
import { runTool } from '../host/tool.ts'

const NODE_MAJOR = 24
const MIN_DISK_BYTES = 2 ** 30
const MIN_MEMORY_BYTES = 2 ** 30

/** What is missing on this machine: programs (`unbuilt` are not built), their versions, the names of hosts, room on disk and in memory. */
export async function findToolFaults (settings: Settings, unbuilt: readonly string[], hosts: readonly Host[]): Promise<Finding[]> {
  const findings: Finding[] = []
  const fault = (problem: string, advice: string): void => { findings.push({ severity: 'fault', problem, advice }) }
  const major = Number(process.versions.node.split('.')[0])
  if (major < NODE_MAJOR) {
    fault(
      `Node ${process.versions.node} runs this, and ${NODE_MAJOR} is needed`,
      'Run it through make, which puts the Node of node_modules first.'
    )
  }
  if (await version(settings, 'tar', '--version') === undefined) fault('tar is missing', 'Install tar.')
  for (const programs of unbuilt) findings.push(...await findBuildFaults(settings, programs))
  for (const { address, name } of hosts) {
    const addresses = await lookup(name, { all: true }).then((found) => found.map((one) => one.address), (): string[] => [])
    if (!addresses.includes(address)) fault(`${name} is not ${address} here`, `Add "${address} ${name}" to the hosts file.`)
  }
  findings.push(...await findRoomFaults(settings))
  return findings
}

async function findBuildFaults (settings: Settings, programs: string): Promise<Finding[]> {
  const go = await version(settings, 'go', 'version')
  if (go === undefined) {
    return [
      {
        severity: 'fault',
        problem: `${programs} are not there, and go, which would build them, is missing`,
        advice: `Install Go ${GO_VERSION} or newer.`
      }
    ]
  }
  const minor = Number(/go1\.(\d+)/.exec(go)?.[1] ?? 0)
  if (minor < Number(GO_VERSION.split('.')[1])) {
    return [
      { severity: 'fault', problem: `${go.trim()} is too old to build ${programs}`, advice: `Install Go ${GO_VERSION} or newer.` }
    ]
  }
  return [
    {
      severity: 'warning',
      problem: `${programs} are not built yet`,
      advice: 'The next `make up` builds them, which takes some minutes.'
    }
  ]
}

async function findRoomFaults (settings: Settings): Promise<Finding[]> {
  const findings: Finding[] = []
  const dir = await fileExists(settings.stateDir) ? settings.stateDir : dirname(settings.stateDir)
  if (await fileExists(dir)) {
    const { bavail, bsize } = await statfs(dir)
    if (bavail * bsize < MIN_DISK_BYTES) {
      findings.push({
        severity: 'fault',
        problem: `${dir} has less than 1 GiB left`,
        advice: 'Make room: Fabric loses its ledgers when the disk is full.'
      })
    }
  }
  if (freemem() < MIN_MEMORY_BYTES) {
    findings.push({
      severity: 'warning',
      problem: 'less than 1 GiB of memory is free',
      advice: 'End other programs: the default network takes about 1 GiB.'
    })
  }
  return findings
}

async function version (settings: Settings, command: string, ...args: string[]): Promise<string | undefined> {
  try {
    return (await runTool({ command, args, env: { ...process.env as Record<string, string>, PATH: settings.searchPath } })).stdout
  } catch (error) {
    if (messageOf(error).includes('ENOENT')) return undefined
    throw error
  }
}
