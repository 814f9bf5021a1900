import { effectiveRecord } from '@epione/protocol'
import type { EffectiveRecord, RecordManifest, RecordState, Rewrap } from '@epione/protocol'

/** Owner and description of a record version; its bodies were checked against their schemas when they were accepted. */
export function readEffective (state: RecordState): EffectiveRecord {
  const manifest = JSON.parse(state.manifest.statement.body) as RecordManifest
  const rewrap = state.rewrap === undefined ? undefined : JSON.parse(state.rewrap.statement.body) as Rewrap
  return effectiveRecord(state, manifest, rewrap)
}
