/** Most pixels of a picture: 4 bytes each when decoded, so 256 MiB. A file of some kilobytes may claim any number. */
const MAX_PIXELS = 64 * 2 ** 20

export interface PictureSize { width: number, height: number }

/** The size that a picture's own head claims, before anything of it is decoded. @throws {RangeError} where it has none */
export function sizeOfPicture (bytes: Uint8Array): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (bytes[0]) {
    case 0x89: return { width: view.getUint32(16), height: view.getUint32(20) }
    case 0x47: return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    case 0x52: return sizeOfWebp(view)
    default: return sizeOfJpeg(view)
  }
}

/** @throws {RangeError} for a picture that claims to be larger than is shown */
export function requireShowable ({ width, height }: PictureSize): void {
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) throw new RangeError('larger than is shown')
}

/** The first frame header (SOF) among the segments: SOF0 to SOF15 but DHT, JPG and DAC. */
function sizeOfJpeg (view: DataView): PictureSize {
  let at = 2
  for (;;) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at += 1
    if (view.getUint8(at) !== 0xff) throw new RangeError('no segment')
    const marker = view.getUint8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
    at += 2 + (isAlone ? 0 : view.getUint16(at + 2))
  }
}

function sizeOfWebp (view: DataView): PictureSize {
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15))
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  const [width, height] = [24, 27].map((at) => 1 + view.getUint16(at, true) + 65536 * view.getUint8(at + 2))
  return { width: width ?? 0, height: height ?? 0 }
}
