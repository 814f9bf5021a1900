/** What is shown in a frame, each by a document of its own. */
export type FrameKind = 'fhir' | 'image' | 'dicom' | 'pdf' | 'text'

/** Page to frame, once, after the frame said that it is ready. */
export interface ShowMessage {
  type: 'show'
  kind: FrameKind
  bytes: ArrayBuffer
  mediaType: string
  /** What a reader of the screen hears of a picture: what the page calls the record. */
  name: string
  language: string
  direction: 'ltr' | 'rtl'
  theme: 'light' | 'dark'
}

/** Frame to page. Nothing that a record says is in any of these: a page that believed a frame would believe a stranger. */
export type FrameMessage =
  | { type: 'ready' }
  | { type: 'shown' }
  | { type: 'refused' }
  | { type: 'height', px: number }

/** Highest frame in CSS pixels: what is longer scrolls inside. */
export const MAX_HEIGHT_PX = 4_000

/** A message of a frame, or undefined for anything that is none, whatever else it has. */
export function readFrameMessage (data: unknown): FrameMessage | undefined {
  const { type, px } = Object(data) as { type?: unknown, px?: unknown }
  if (type === 'ready' || type === 'shown' || type === 'refused') return { type }
  const isHeight = type === 'height' && typeof px === 'number' && Number.isInteger(px) && px >= 0 && px <= MAX_HEIGHT_PX
  return isHeight ? { type, px } : undefined
}
