import { getDocument } from 'pdfjs-dist'
import type { PDFPageProxy } from 'pdfjs-dist'
import * as worker from 'pdfjs-dist/build/pdf.worker.mjs'
import { makeCanvas } from './picture.ts'
import { beStage, element } from './stage.ts'

/** Pages that are laid out; most pixels of one, and characters that are read out of one. */
const MAX_PAGES = 300
const MAX_PAGE_PIXELS = 8 * 2 ** 20
const MAX_TEXT = 20_000
const WIDTH_PX = 900

// It runs in this frame, which loads nothing: where there is a handler already, pdf.js asks for no worker.
Object.assign(globalThis, { pdfjsWorker: worker })

beStage(async (stage, { bytes, name }) => {
  // No scripts, no forms, no links, nothing fetched: pages are drawn, and their text stands beside for who does not see them.
  const document = await getDocument({
    data: new Uint8Array(bytes),
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    disableAutoFetch: true,
    disableStream: true,
    isOffscreenCanvasSupported: false,
    maxImageSize: MAX_PAGE_PIXELS * 4,
    stopAtErrors: false,
    verbosity: 0
  }).promise
  const first = await document.getPage(1)
  await drawPage(place(stage, 1), first, `${name}, 1 / ${String(document.numPages)}`)
  const later = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue
      later.unobserve(target)
      const number = Number((target as HTMLElement).dataset['page'])
      document.getPage(number).then(async (page) => { await drawPage(target as HTMLElement, page, `${name}, ${String(number)} / ${String(document.numPages)}`) })
        .catch(() => { target.append(element('p', '—')) })
    }
  }, { rootMargin: '50%' })
  for (let number = 2; number <= Math.min(document.numPages, MAX_PAGES); number += 1) later.observe(place(stage, number))
})

function place (stage: HTMLElement, number: number): HTMLElement {
  const made = element('section', undefined, 'page')
  made.dataset['page'] = String(number)
  stage.append(made)
  return made
}

async function drawPage (section: HTMLElement, page: PDFPageProxy, name: string): Promise<void> {
  const natural = page.getViewport({ scale: 1 })
  const wanted = WIDTH_PX / natural.width
  const scale = Math.min(wanted, wanted * Math.sqrt(MAX_PAGE_PIXELS / (natural.width * natural.height * wanted ** 2)))
  const viewport = page.getViewport({ scale })
  const { canvas } = makeCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height), name)
  await page.render({ canvas, viewport, annotationMode: 0 }).promise
  const { items } = await page.getTextContent()
  const text = items.map((item) => 'str' in item ? `${item.str}${item.hasEOL ? '\n' : ' '}` : '').join('').slice(0, MAX_TEXT)
  section.append(canvas)
  if (text.trim() !== '') section.append(element('p', text, 'read-out'))
}
