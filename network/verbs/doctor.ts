import { findBinaries, findIpfs } from '../fabric/binaries.ts'
import { findClockFaults } from './doctor-clock.ts'
import { findToolFaults } from './doctor-tools.ts'
import { certificateFault, certificateFiles, certificateLife, RENEW_BEFORE_DAYS, rootOfCertificate } from '../fabric/certificates.ts'
import { ephemeralWarning } from '../host/ephemeral-ports.ts'
import { messageOf, NetworkError } from '../errors.ts'
import { fileExists } from '../../host/src/index.ts'
import { damageAdvice } from '../host/last-words.ts'
import { takenPorts } from '../host/port-check.ts'
import { isAlive, lastWordsOf, readRecord } from '../host/processes.ts'
import { DAMAGED_PAIR_ADVICE, RENEWAL_ADVICE } from '../fabric/renewal-advice.ts'
import { managedProcesses } from '../nodes/specs.ts'
import { checkStamp, readStamp } from '../host/stamp.ts'
import type { Finding } from './finding.ts'
import { loadContext, type Context } from '../description/context.ts'
import { runVerb } from './verb.ts'
import { hostsOf } from '../description/topology.ts'

const USAGE = `usage: node network/verbs/doctor.ts
Looks for what keeps the network from running: tools, ports, certificates, clock, leftovers, crashed processes.
Names each fault with what to do; ends with 0 when there is none, else with 1.
`

if (import.meta.main) {
  await runVerb(async (args) => {
    if (args.length > 0) {
      process.stderr.write(USAGE)
      return args.includes('--help') ? 0 : 2
    }
    const findings = await examine()
    for (const { severity, problem, advice } of findings) process.stdout.write(`${severity}: ${problem}\n  advice: ${advice}\n`)
    const faults = findings.filter(({ severity }) => severity === 'fault').length
    process.stdout.write(faults === 0 ? 'nothing keeps the network from running\n' : `${faults} fault${faults === 1 ? '' : 's'}\n`)
    return faults === 0 ? 0 : 1
  })
}

/** Everything that is wrong, causes before what may follow from them. */
async function examine (): Promise<Finding[]> {
  let context: Context
  try {
    context = await loadContext()
  } catch (error) {
    return [faultOf(error)]
  }
  const findings = await findToolFaults(context.settings, await findUnbuilt(context), hostsOf(context.topology))
  const outgoing = await ephemeralWarning(context.topology)
  if (outgoing !== undefined) findings.push({ severity: 'warning', ...outgoing })
  try {
    if (await fileExists(context.paths.root)) await checkStamp(context.paths, context.topology)
  } catch (error) {
    // Nothing else of that folder speaks of this network.
    return [...findings, faultOf(error)]
  }
  return [
    ...findings,
    ...findTestingWarning(context),
    ...await findClockFaults(context, await readStamp(context.paths)),
    ...await findCertificateFaults(context),
    ...await findPortFaults(context),
    ...await findProcessFaults(context)
  ]
}

/** Programs that this network runs and that are not built. */
async function findUnbuilt ({ settings, topology: { consortium } }: Context): Promise<string[]> {
  const { fabric, fabricCa } = await findBinaries(settings)
  return [
    ...fabric === undefined || fabricCa === undefined ? ['Fabric\'s binaries'] : [],
    ...consortium.ipfs === true && await findIpfs(settings) === undefined ? ['the programs of IPFS nodes (Kubo)'] : []
  ]
}

function faultOf (error: unknown): Finding {
  const advice = error instanceof NetworkError ? error.advice : undefined
  return { severity: 'fault', problem: messageOf(error), advice: advice ?? 'Correct what is named.' }
}

function findTestingWarning ({ topology: { consortium } }: Context): Finding[] {
  if (consortium.testing !== true) return []
  return [
    {
      severity: 'warning',
      problem: `${consortium.name} is a network for testing: its waits and shares may be too few to protect anybody`,
      advice: 'Found a network without `testing` for patients.'
    }
  ]
}

async function findPortFaults (context: Context): Promise<Finding[]> {
  return (await takenPorts(context)).map((use) => ({
    severity: 'fault',
    problem: `port ${use.port} (${use.use} of ${use.process}) is taken by another program`,
    advice: 'End that program, or change basePort in the consortium file.'
  }))
}

async function findCertificateFaults ({ topology, paths }: Context): Promise<Finding[]> {
  const findings: Finding[] = []
  const now = Date.now()
  for (const { id } of topology.played) {
    const own = paths.organization(id)
    for (const file of await certificateFiles(own)) {
      const fault = await certificateFault(file, rootOfCertificate(file, own), now)
      const life = fault === undefined ? await certificateLife(file, now) : undefined
      if (fault !== undefined) {
        findings.push({
          severity: 'fault',
          problem: `${file} ${fault}`,
          advice: fault.startsWith('expired') ? RENEWAL_ADVICE : DAMAGED_PAIR_ADVICE
        })
      } else if (life !== undefined && life.daysLeft < RENEW_BEFORE_DAYS) {
        findings.push({ severity: 'warning', problem: `${file} expires in ${life.daysLeft} days`, advice: RENEWAL_ADVICE })
      }
    }
  }
  return findings
}

async function findProcessFaults (context: Context): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { name, healthy } of managedProcesses(context)) {
    const record = await readRecord(context.paths, name)
    if (record === undefined) continue
    if (!isAlive(record)) {
      const words = await lastWordsOf(context.paths, name)
      findings.push({
        severity: 'fault',
        problem: `${name} has ended by itself; its last words: ${/^panic: .*/.exec(words)?.[0] ?? words.split('\n').at(-1) ?? ''}`,
        advice: damageAdvice(name, words) ?? 'Run `make up`, which starts it again.'
      })
      continue
    }
    const reason = await healthy().then((answer) => answer === true ? undefined : 'its health check fails', messageOf)
    if (reason === undefined) continue
    const advice = damageAdvice(name, await lastWordsOf(context.paths, name))
    findings.push({
      severity: 'fault',
      problem: `${name} runs, but is not healthy: ${reason}`,
      advice: advice ?? `See \`make logs ARGS=${name}\`; \`make down\` and \`make up\` restart it.`
    })
  }
  return findings
}
