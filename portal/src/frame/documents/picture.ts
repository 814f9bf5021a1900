import { requireShowable, sizeOfPicture } from './image-size.ts'

/** Decodes a picture whose claimed size is looked at first. @throws for a damaged or too large one */
export async function decodePicture (bytes: Uint8Array<ArrayBuffer>, mediaType: string): Promise<ImageBitmap> {
  requireShowable(sizeOfPicture(bytes))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mediaType }))
  requireShowable(bitmap)
  return bitmap
}

/** A canvas that scales with the frame and is a picture to who does not see it. */
export function makeCanvas (width: number, height: number, name: string): { canvas: HTMLCanvasElement, context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', name)
  const context = canvas.getContext('2d')
  if (context === null) throw new TypeError('no canvas')
  return { canvas, context }
}
