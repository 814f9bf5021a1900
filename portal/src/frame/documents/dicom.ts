import dicomParser from 'dicom-parser'
import type { DataSet } from 'dicom-parser'
import { requireShowable } from './image-size.ts'
import { decodePicture, makeCanvas } from './picture.ts'
import { element, strangersText } from './stage.ts'

const JPEG_BASELINE = ['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51']
const UNCOMPRESSED = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2']
const MAX_FRAMES = 10_000

/** What is said beside the picture (DICOM PS3.6), where it is there. */
const TOLD: ReadonlyArray<readonly [tag: string, en: string, ar: string]> = [
  ['x00100010', 'Patient', 'المريض'], ['x00100030', 'Born', 'تاريخ الميلاد'], ['x00080020', 'Date', 'التاريخ'], ['x00080060', 'Modality', 'نوع التصوير'],
  ['x00081030', 'Study', 'الدراسة'], ['x0008103e', 'Series', 'السلسلة'], ['x00180015', 'Body part', 'جزء الجسم'], ['x00080080', 'Institution', 'المؤسسة']
]

interface Pixels {
  rows: number
  columns: number
  samples: number
  bitsAllocated: number
  bitsStored: number
  isSigned: boolean
  isInverted: boolean
  isPlanar: boolean
  isBigEndian: boolean
  slope: number
  intercept: number
  window: { center: number, width: number } | undefined
  frames: number
}

/**
 * Shows the pictures of a DICOM file, one at a time. @throws for a file that is damaged, lies about its size, or is packed in a way that is
 * not read here
 */
export async function renderDicom (
  stage: HTMLElement, bytes: Uint8Array, { name, language }: { name: string, language: string }
): Promise<void> {
  const data = dicomParser.parseDicom(bytes)
  const pixels = describePixels(data)
  const drawing = makeCanvas(pixels.columns, pixels.rows, name)
  const draw = drawerOf({ data, bytes, pixels, context: drawing.context })
  await draw(0)
  stage.append(drawing.canvas)
  if (pixels.frames > 1) stage.append(chooser(pixels.frames, name, draw))
  stage.append(facts(data, language))
}

function describePixels (data: DataSet): Pixels {
  const frames = data.intString('x00280008') ?? 1
  const [rows, columns, samples, bitsAllocated] = [whole(data, 'x00280010'), whole(data, 'x00280011'), whole(data, 'x00280002', 1), whole(data, 'x00280100')]
  requireShowable({ width: columns, height: rows })
  if (![1, 3].includes(samples) || ![8, 16].includes(bitsAllocated) || frames < 1 || frames > MAX_FRAMES) throw new RangeError('not shown here')
  const photometric = data.string('x00280004') ?? ''
  if (samples === 3 && !/^(RGB|YBR)/.test(photometric)) throw new RangeError('colours not shown here')
  return {
    rows,
    columns,
    samples,
    bitsAllocated,
    bitsStored: Math.min(whole(data, 'x00280101', bitsAllocated), bitsAllocated),
    isSigned: whole(data, 'x00280103', 0) === 1,
    isInverted: photometric === 'MONOCHROME1',
    isPlanar: whole(data, 'x00280006', 0) === 1,
    isBigEndian: data.string('x00020010') === UNCOMPRESSED[2],
    ...describeScale(data),
    frames
  }
}

function whole (data: DataSet, tag: string, otherwise?: number): number {
  const value = data.uint16(tag) ?? otherwise
  if (value === undefined) throw new RangeError(`no ${tag}`)
  return value
}

function describeScale (data: DataSet): Pick<Pixels, 'slope' | 'intercept' | 'window'> {
  const [center, width] = [data.floatString('x00281050', 0), data.floatString('x00281051', 0)]
  return {
    slope: data.floatString('x00281053') ?? 1,
    intercept: data.floatString('x00281052') ?? 0,
    window: center === undefined || width === undefined || !(width > 0) ? undefined : { center, width }
  }
}

type Draw = (frame: number) => Promise<void>
interface Drawing { data: DataSet, bytes: Uint8Array, pixels: Pixels, context: CanvasRenderingContext2D }

function drawerOf ({ data, bytes, pixels, context }: Drawing): Draw {
  const syntax = data.string('x00020010') ?? ''
  const element = data.elements['x7fe00010']
  if (element === undefined) throw new RangeError('no picture')
  if (JPEG_BASELINE.includes(syntax)) {
    const isOneEach = (element.basicOffsetTable ?? []).length === 0
    const read = isOneEach ? dicomParser.readEncapsulatedPixelDataFromFragments : dicomParser.readEncapsulatedImageFrame
    return async (frame) => {
      const packed = Uint8Array.from(read(data, element, frame) as ArrayLike<number>)
      context.drawImage(await decodePicture(packed, 'image/jpeg'), 0, 0, pixels.columns, pixels.rows)
    }
  }
  if (!UNCOMPRESSED.includes(syntax)) throw new RangeError('packed in a way that is not read here')
  const frameBytes = pixels.rows * pixels.columns * pixels.samples * pixels.bitsAllocated / 8
  // What it says of its size and what is there must be one: nothing beside the picture is ever read as a part of it.
  if (element.length < frameBytes * pixels.frames || element.dataOffset + frameBytes * pixels.frames > bytes.length) throw new RangeError('smaller than it says')
  return (frame) => {
    const at = bytes.byteOffset + element.dataOffset + frame * frameBytes
    context.putImageData(paint(pixels, new DataView(bytes.buffer, at, frameBytes)), 0, 0)
    return Promise.resolve()
  }
}

function paint (pixels: Pixels, view: DataView): ImageData {
  const image = new ImageData(pixels.columns, pixels.rows)
  const count = pixels.rows * pixels.columns
  const read = readerOf(pixels, view)
  if (pixels.samples === 3) {
    for (let index = 0; index < count; index += 1) {
      for (let part = 0; part < 3; part += 1) image.data[4 * index + part] = read(pixels.isPlanar ? part * count + index : 3 * index + part)
      image.data[4 * index + 3] = 255
    }
    return image
  }
  const { low, high } = rangeOf(pixels, read, count)
  for (let index = 0; index < count; index += 1) {
    const part = (read(index) * pixels.slope + pixels.intercept - low) / (high - low)
    const grey = 255 * Math.min(Math.max(pixels.isInverted ? 1 - part : part, 0), 1)
    for (let colour = 0; colour < 3; colour += 1) image.data[4 * index + colour] = grey
    image.data[4 * index + 3] = 255
  }
  return image
}

function readerOf ({ bitsAllocated, bitsStored, isSigned, isBigEndian }: Pixels, view: DataView): (index: number) => number {
  const shift = 32 - bitsStored
  const read = bitsAllocated === 8 ? (index: number) => view.getUint8(index) : (index: number) => view.getUint16(2 * index, !isBigEndian)
  return isSigned ? (index) => read(index) << shift >> shift : (index) => read(index) << shift >>> shift
}

/** The window that the file names, else all that the picture has. */
function rangeOf ({ window, slope, intercept }: Pixels, read: (index: number) => number, count: number): { low: number, high: number } {
  if (window !== undefined) return { low: window.center - window.width / 2, high: window.center + window.width / 2 }
  let [low, high] = [Infinity, -Infinity]
  for (let index = 0; index < count; index += 1) {
    const value = read(index) * slope + intercept
    if (value < low) low = value
    if (value > high) high = value
  }
  return high > low ? { low, high } : { low, high: low + 1 }
}

function chooser (frames: number, name: string, draw: Draw): HTMLElement {
  const chosen = element('input')
  Object.assign(chosen, { type: 'range', min: '1', max: String(frames), value: '1' })
  chosen.setAttribute('aria-label', name)
  const told = element('output', `1 / ${String(frames)}`)
  chosen.addEventListener('input', () => {
    draw(Number(chosen.value) - 1).then(() => { told.textContent = `${chosen.value} / ${String(frames)}` }, () => { told.textContent = '—' })
  })
  const line = element('p')
  line.append(chosen, told)
  return line
}

function facts (data: DataSet, language: string): HTMLElement {
  const terms = element('dl')
  for (const [tag, en, ar] of TOLD) {
    const value = data.string(tag)?.trim().slice(0, 1_000)
    if (value === undefined || value === '') continue
    const described = element('dd')
    described.append(strangersText(value.replaceAll('^', ' ')))
    terms.append(element('dt', language.startsWith('ar') ? ar : en), described)
  }
  return terms
}
