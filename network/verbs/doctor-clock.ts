import type { Finding } from './finding.ts'
import { requestHttps } from '../host/https.ts'
import type { Stamp } from '../host/stamp.ts'
import type { Context } from '../description/context.ts'

/** Endorsers refuse a transaction whose time is more than 30 s from their own; half of that leaves room. */
const MAX_SKEW_MS = 15_000

/** Whether this machine's clock went back behind the making of the network, or differs from that of a process of the network. */
export async function findClockFaults ({ topology, paths }: Context, stamp: Stamp | undefined): Promise<Finding[]> {
  if (stamp === undefined) return []
  const findings: Finding[] = []
  const behindMs = stamp.createdAt - Date.now()
  if (behindMs > 0) {
    findings.push({
      severity: 'fault',
      problem: `the clock says ${new Date().toISOString()}, and the network was made ${Math.round(behindMs / 1000)} s after that`,
      advice: 'Set the clock: certificates and permits are not valid yet.'
    })
  }
  for (const { id, host, orderer } of topology.played) {
    const date = await requestHttps({
      url: `https://${host.address}:${orderer.operationsPort}/healthz`,
      caFile: paths.organization(id).tlsCa
    }).then((answer) =>
      answer.date, () => undefined)
    const skewMs = date === undefined ? 0 : Math.abs(Date.parse(date) - Date.now())
    if (skewMs > MAX_SKEW_MS) {
      findings.push({
        severity: 'fault',
        problem: `the clock of ${orderer.process} is ${Math.round(skewMs / 1000)} s away from this one`,
        advice: 'Set both clocks from a time server: endorsers refuse transactions 30 s away.'
      })
    }
  }
  return findings
}
