import { MAX_HEIGHT_PX } from '../messages.ts'
import type { FrameMessage, ShowMessage } from '../messages.ts'

/** What a document of a frame makes of a content. @throws anything for what it does not show */
export type Render = (stage: HTMLElement, content: ShowMessage) => Promise<void> | void

const tell = (message: FrameMessage): void => { parent.postMessage(message, '*') }

function tellHeight (): void {
  tell({ type: 'height', px: Math.min(document.documentElement.scrollHeight, MAX_HEIGHT_PX) })
}

/** Waits for one content from the page that made this frame, shows it by `render`, and says whether it could. */
export function beStage (render: Render): void {
  const stage = document.createElement('main')
  document.body.append(stage)
  const hear = (event: MessageEvent<ShowMessage>): void => {
    if (event.source !== parent) return
    removeEventListener('message', hear)
    show(stage, render, event.data).then(() => { tellHeight(); tell({ type: 'shown' }) }, () => { stage.replaceChildren(); tell({ type: 'refused' }) })
  }
  addEventListener('message', hear)
  new ResizeObserver(tellHeight).observe(stage)
  tell({ type: 'ready' })
}

async function show (stage: HTMLElement, render: Render, content: ShowMessage): Promise<void> {
  const { lang } = document.documentElement
  document.documentElement.lang = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(content.language) ? content.language : lang
  document.documentElement.dir = content.direction === 'rtl' ? 'rtl' : 'ltr'
  document.documentElement.style.colorScheme = content.theme === 'dark' ? 'dark' : 'light'
  document.title = content.name
  await render(stage, content)
}

/** An element with text in it: text alone, whatever it looks like. */
export function element <K extends keyof HTMLElementTagNameMap> (tag: K, text?: string, className?: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (text !== undefined) made.textContent = text
  if (className !== undefined) made.className = className
  return made
}

/** A text of a stranger: its direction is its own, and turns nothing around it. */
export function strangersText (text: string): HTMLElement {
  const made = element('bdi', text)
  made.dir = 'auto'
  return made
}
