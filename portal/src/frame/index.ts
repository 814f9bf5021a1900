import { chooseViewer } from './choose.ts'
import { readFrameMessage } from './messages.ts'
import type { FrameKind, FrameMessage, ShowMessage } from './messages.ts'

export { chooseViewer } from './choose.ts'
export type { FrameKind } from './messages.ts'

/** A record's content, whoever wrote it. */
export interface ShownContent {
  bytes: Uint8Array
  mediaType: string
  /** What the page calls the record. */
  name: string
  language: string
  direction: 'ltr' | 'rtl'
  theme: 'light' | 'dark'
}

export interface ContentView {
  close: () => void
  /** When something of it is to be seen; `none` where there is no viewer for it, or the viewer refused it. */
  shown: Promise<{ kind: FrameKind | 'none' }>
}

/** How long (ms) a frame may take until something is to be seen. */
const SHOWN_WITHIN_MS = 30_000
/** Which document shows what: each loads only its own libraries. */
const DOCUMENTS: Record<FrameKind, string> = { fhir: 'text', text: 'text', image: 'image', dicom: 'image', pdf: 'pdf' }

/**
 * Shows a content in a frame of an origin of its own, which has no network, no storage and no way to this page but messages of four
 * kinds. Nothing of the content is ever HTML in this page.
 */
export function showContent (container: HTMLElement, content: ShownContent): ContentView {
  const kind = chooseViewer(content.mediaType, content.bytes)
  if (kind === undefined) return { close: () => undefined, shown: Promise.resolve({ kind: 'none' }) }
  const outcome = Promise.withResolvers<{ kind: FrameKind | 'none' }>()
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.setAttribute('referrerpolicy', 'no-referrer')
  frame.title = content.name
  frame.style.cssText = 'inline-size:100%;block-size:12rem;border:0'
  let isSent = false
  const obey = (message: FrameMessage): void => {
    if (message.type === 'refused') { close(); return }
    if (!isSent) {
      if (message.type !== 'ready') return
      isSent = true
      send(frame, kind, content)
    } else if (message.type === 'height') frame.style.blockSize = `${String(message.px)}px`
    else if (message.type === 'shown') {
      clearTimeout(timer)
      outcome.resolve({ kind })
    }
  }
  const hear = (event: MessageEvent<unknown>): void => {
    // A frame of another document, and any other window, is not heard.
    const message = event.source === frame.contentWindow && event.origin === 'null' ? readFrameMessage(event.data) : undefined
    if (message !== undefined) obey(message)
  }
  const close = (): void => {
    clearTimeout(timer)
    removeEventListener('message', hear)
    frame.remove()
    outcome.resolve({ kind: 'none' })
  }
  const timer = setTimeout(close, SHOWN_WITHIN_MS)
  addEventListener('message', hear)
  frame.src = `/frame/${DOCUMENTS[kind]}.html`
  container.append(frame)
  return { close, shown: outcome.promise }
}

/** Its origin is opaque and cannot be named; the page's policy lets no other document into the frame. */
function send (frame: HTMLIFrameElement, kind: FrameKind, { bytes, mediaType, name, language, direction, theme }: ShownContent): void {
  const copy = bytes.slice().buffer
  const message: ShowMessage = { type: 'show', kind, bytes: copy, mediaType, name, language, direction, theme }
  frame.contentWindow?.postMessage(message, '*', [copy])
}
