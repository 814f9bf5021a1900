import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { collectDefaultMetrics } from 'prom-client'
import t from 'tap'
import type { Test } from 'tap'
import { parse } from 'yaml'
import { Alarms } from '../../../anchor/src/service/alarms.ts'
import { AnchorMetrics } from '../../../anchor/src/service/metrics.ts'
import { createMetrics } from '../../../gateway/src/metrics/metrics.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import type { Context } from '../../../network/description/context.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { readSettings } from '../../../network/description/settings.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import { runTool } from '../../../network/host/tool.ts'
import { readRecord } from '../../../network/host/processes.ts'
import { ensurePrometheus, prometheusConfig, startWatching } from '../../../network/nodes/prometheus.ts'
import { managedProcesses } from '../../../network/nodes/specs.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { buildGateway } from '../../helpers/gateway.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const RULES = ['gateway/alerts.yml', 'anchor/alerts.yml'].map((file) => join(ROOT, file))
const SETTINGS = readSettings(process.env)

/** For each alert, series (one sample a minute, 40 of them) that must raise it, and others that must not. */
const flat = (value: number): string => `${String(value)}+0x40`
const grows = (by: number): string => `0+${String(by)}x40`
type Series = Record<string, string>
const one = (series: string, fires: string, rests: string): [Series, Series] => [{ [series]: fires }, { [series]: rests }]
const requests = (failing: number): Series => ({
  'epione_gateway_requests_total{operation="a",status="503"}': grows(failing), 'epione_gateway_requests_total{operation="b",status="200"}': grows(60)
})
const buckets = (upToFive: number): Series => Object.fromEntries([['5', upToFive], ['10', 60], ['+Inf', 60]].map(([le, by]) =>
  [`epione_gateway_ledger_call_seconds_bucket{call="submit",outcome="ok",le="${String(le)}"}`, grows(Number(by))]))
const clocks = (a: number, b: number): Series =>
  ({ 'epione_gateway_clock_offset_seconds{peer="AMSP"}': flat(a), 'epione_gateway_clock_offset_seconds{peer="BMSP"}': flat(b) })
const CASES: Record<string, [fires: Series, rests: Series]> = {
  GatewayDown: one('up{job="epione-gateway"}', flat(0), flat(1)),
  GatewayNotReady: one('epione_gateway_check{check="store"}', flat(0), flat(1)),
  GatewayReadModelLags: one('epione_gateway_ledger_lag_blocks', flat(30), flat(3)),
  GatewayLedgerUnavailable: one('epione_gateway_ledger_call_seconds_count{call="submit",outcome="unavailable"}', grows(60), grows(1)),
  GatewayTransactionsInDoubt: one('epione_gateway_transactions_in_doubt', flat(1), flat(0)),
  GatewayOutboxStuck: one('epione_gateway_outbox_overdue_seconds{kind="revocation"}', flat(400), flat(2)),
  GatewayOutboxFails: one('epione_gateway_outbox_attempts{kind="revocation"}', flat(61), flat(3)),
  GatewayOutboxGivenUp: one('epione_gateway_outbox_given_up_total{kind="revocation"}', '0+0x20 1+0x20', flat(0)),
  GatewayStorageLow: one('epione_gateway_storage_free_bytes', flat(100_000_000), flat(10_000_000_000)),
  GatewayCertificateEnds: one('epione_gateway_certificate_not_after_seconds{certificate="tls"}', flat(86_400), flat(2_000_000)),
  GatewayFails: [requests(6), requests(1)],
  GatewayShedsLoad: one('epione_gateway_problems_total{code="OVERLOADED"}', grows(120), grows(6)),
  GatewayPeerSilent: one('epione_gateway_peer_silent{peer="AMSP"}', flat(1), flat(0)),
  GatewayClockDrifts: [clocks(8, 6), clocks(8, -1)],
  GatewaySubmitsSlowly: [buckets(0), buckets(60)],
  GatewayBusy: one('nodejs_eventloop_lag_p99_seconds{job="epione-gateway"}', flat(0.7), flat(0.02)),
  GatewayMetricsIncomplete: one('epione_gateway_collect_failures_total{part="ledger"}', grows(1), flat(0)),
  AnchoringLags: one('epione_anchor_lag_seconds', flat(1_000), flat(10)),
  AnchorChainDown: one('epione_anchor_chain_up', flat(0), flat(1)),
  AnchorMajorityMissing: one('epione_anchor_alarm{alarm="missing_majority"}', flat(1), flat(0)),
  AnchorLedgersDisagree: one('epione_anchor_alarm{alarm="equivocation"}', flat(1), flat(0)),
  AnchorBalanceLow: one('epione_anchor_balance_ether', flat(0.01), flat(1)),
  AnchorSubmissionWaits: one('epione_anchor_alarm{alarm="submission_waits"}', flat(1), flat(0)),
  AnchorStorageFull: one('epione_anchor_alarm{alarm="storage_full"}', flat(1), flat(0))
}

interface Rule { alert: string, expr: string }

function readRules (): Rule[] {
  return RULES.flatMap((file) => (parse(readFileSync(file, 'utf8')) as { groups: Array<{ rules: Rule[] }> }).groups.flatMap(({ rules }) => rules))
}

/** Runs promtool; what it prints where it refuses is in the error. */
async function promtool (...args: string[]): Promise<string> {
  const command = join(await ensurePrometheus(SETTINGS), 'promtool')
  return (await runTool({ command, args, env: {} })).stdout
}

async function folderOf (t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'epione-watch-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

t.test('promtool takes the rules; each alert is raised by what it is for, and by nothing less', async (t) => {
  t.match(await promtool('check', 'rules', ...RULES), 'SUCCESS')
  t.same(Object.keys(CASES).sort(), readRules().map(({ alert }) => alert).sort(), 'each has a case')
  const testOf = (alert: string, series: Series, fires: boolean): object => ({
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [{
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"})`, eval_time: '30m', exp_samples: fires ? [{ labels: '{}', value: 1 }] : []
    }]
  })
  const file = join(await folderOf(t), 'tests.yml')
  const write = async (tests: object[]): Promise<void> => { await writeFile(file, JSON.stringify({ rule_files: RULES, evaluation_interval: '1m', tests })) }
  await write(Object.entries(CASES).flatMap(([alert, [fires, rests]]) => [testOf(alert, fires, true), testOf(alert, rests, false)]))
  t.match(await promtool('test', 'rules', file), 'SUCCESS')
  await write([testOf('GatewayDown', CASES['GatewayDown']?.[1] ?? {}, true)])
  await t.rejects(promtool('test', 'rules', file), 'a case that does not hold fails')
})

/** Names that are no metric of gateways or anchor services, nor of Prometheus itself. */
async function unknownIn (expressions: readonly string[]): Promise<string[]> {
  const gateway = createMetrics().registry
  collectDefaultMetrics({ register: gateway })
  const anchor = new AnchorMetrics(new Alarms(() => undefined)).registry
  const known = [...await gateway.getMetricsAsJSON(), ...await anchor.getMetricsAsJSON()].flatMap(({ name, type }) =>
    // The library's types say less than it gives.
    String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name])
  const named = expressions.flatMap((text) => text.match(/\b(?:epione|nodejs|process)_[a-z0-9_]+/g) ?? [])
  return [...new Set(named)].filter((name) => !known.includes(name))
}

t.test('rules and dashboard use only metrics that exist', async (t) => {
  interface Panel { id: number, type: string, targets?: Array<{ expr: string }>, gridPos: { x: number, y: number, w: number, h: number } }
  const { panels } = JSON.parse(readFileSync(join(ROOT, 'gateway', 'dashboard.json'), 'utf8')) as { panels: Panel[] }
  const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  t.ok(shown.length > 20)
  t.same(await unknownIn(readRules().map(({ expr }) => expr)), [])
  t.same(await unknownIn(shown), [])
  t.same(await unknownIn(['rate(epione_gateway_request_total[5m])']), ['epione_gateway_request_total'], 'a misspelt one is found')
  t.equal(new Set(panels.map(({ id }) => id)).size, panels.length)
  t.ok(panels.every(({ gridPos: { x, w } }) => x + w <= 24))
  // Each expression is one that Prometheus reads: as a rule, since promtool checks no dashboards.
  const file = join(await folderOf(t), 'dashboard.yml')
  const rules = shown.map((expr, i) => ({ record: `panel:${String(i)}`, expr: expr.replaceAll('$organization', '.*') }))
  await writeFile(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }))
  t.match(await promtool('check', 'rules', file), 'SUCCESS')
  await writeFile(file, JSON.stringify({ groups: [{ name: 'broken', rules: [{ record: 'a', expr: 'rate(epione_gateway_requests_total)' }] }] }))
  await t.rejects(promtool('check', 'rules', file), 'and one that it does not is refused')
})

t.test('Prometheus scrapes each gateway and anchor service by its hospital, and takes the configuration', async (t) => {
  const topology = deriveTopology(await loadConsortium(join(ROOT, 'network', 'consortium.json')))
  const config = prometheusConfig(topology, SETTINGS) as { scrape_configs: Array<{ job_name: string, static_configs: object[] }> }
  t.same(config.scrape_configs.map(({ job_name: job, static_configs: of }) => [job, of.length]), [['epione-gateway', 3], ['epione-anchor', 3]])
  const file = join(await folderOf(t), 'prometheus.yml')
  await writeFile(file, JSON.stringify(config))
  t.match(await promtool('check', 'config', file), 'SUCCESS')
})

t.test('a real Prometheus is started, reads a real gateway, stays as it is until told to end, and is forgotten then', async (t) => {
  const [metricsPort, port, root] = [await findFreePort(), await findFreePort(), await folderOf(t)]
  await buildGateway(t, { config: { metricsPort } })
  const { watch, organizations: [core], ...rest } = deriveTopology(await loadConsortium(join(ROOT, 'network', 'consortium.json')))
  if (watch === undefined || core === undefined) throw new Error('the description has no hospital')
  const { anchor, ...alone } = core
  const organizations = [{ ...alone, metrics: { ...core.metrics, port: metricsPort } }]
  const topology = { ...rest, watch: { ...watch, port }, organizations, played: organizations }
  const context = (WATCH?: string): Context => ({ topology, paths: statePaths(root), settings: readSettings({ ...process.env, WATCH }) })
  const runs = async (): Promise<number | undefined> => (await readRecord(context().paths, watch.process))?.pid
  await startWatching(context())
  t.equal(await runs(), undefined, 'nobody asked for it')
  t.same(managedProcesses(context()).filter(({ kind }) => kind === 'prometheus'), [])
  await startWatching(context('1'))
  t.teardown(async () => { await startWatching(context('0')) })
  const pid = await runs()
  const ask = async (query: string): Promise<unknown[]> => {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/api/v1/query?query=${encodeURIComponent(query)}`)
    return (await answer.json() as { data: { result: unknown[] } }).data.result
  }
  // The first scrape comes at some moment of the first 15 s.
  const until = Date.now() + 60_000
  while ((await ask('epione_gateway_ready')).length === 0 && Date.now() < until) await delay(200)
  t.match(await ask('epione_gateway_check{check="store"}'), [{ metric: { job: 'epione-gateway', organization: 'core' }, value: [Number, '1'] }])
  t.match(await ask('up'), [{ value: [Number, '1'] }])
  await startWatching(context())
  t.equal(await runs(), pid, 'a later up keeps it')
  t.equal(managedProcesses(context()).filter(({ kind }) => kind === 'prometheus').length, 1)
  await startWatching(context('0'))
  t.equal(await runs(), undefined)
  await startWatching(context())
  t.equal(await runs(), undefined, 'ended for good')
})
