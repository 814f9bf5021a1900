import { renderFhir } from '../fhir/render.ts'
import type { ShowMessage } from '../messages.ts'
import { beStage, element } from './stage.ts'

/** Longest text in characters that is laid out at once. */
const MAX_TEXT = 1_000_000

function renderText (stage: HTMLElement, { bytes }: ShowMessage): void {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const shown = element('pre', text.slice(0, MAX_TEXT))
  shown.dir = 'auto'
  shown.tabIndex = 0
  stage.append(shown)
  if (text.length > MAX_TEXT) stage.append(element('p', '…'))
}

beStage((stage, content) => {
  if (content.kind !== 'fhir') { renderText(stage, content); return }
  const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content.bytes))
  renderFhir(stage, parsed, content.language)
})
