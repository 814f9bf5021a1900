import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { FONT, FONT_FAMILY } from './font.ts'

let ready: Promise<void> | undefined

/**
 * A chart of `drawSvg` as PNG. `engine`: the bytes of `@resvg/resvg-wasm/index_bg.wasm` (2.4 MB), which the caller reads from its disk or
 * its site; only the first call needs them. A subset of DejaVu Sans draws the words, so that every machine makes the same picture.
 * @throws {TypeError} when `engine` is no WebAssembly of that package
 */
export async function renderPng (svg: string, engine: BufferSource): Promise<Uint8Array> {
  ready ??= initWasm(engine).catch((error: unknown) => {
    ready = undefined
    throw new TypeError('engine: these are not the bytes of @resvg/resvg-wasm/index_bg.wasm', { cause: error })
  })
  await ready
  const font = Uint8Array.from(atob(FONT), (character) => character.charCodeAt(0))
  const picture = new Resvg(svg, { font: { fontBuffers: [font], defaultFontFamily: FONT_FAMILY } })
  const image = picture.render()
  try {
    return image.asPng()
  } finally {
    image.free()
    picture.free()
  }
}
