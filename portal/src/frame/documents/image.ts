import { renderDicom } from './dicom.ts'
import { decodePicture, makeCanvas } from './picture.ts'
import { beStage } from './stage.ts'

beStage(async (stage, { kind, bytes, mediaType, name, language }) => {
  const content = new Uint8Array(bytes)
  if (kind === 'dicom') { await renderDicom(stage, content, { name, language }); return }
  const bitmap = await decodePicture(content, mediaType)
  const { canvas, context } = makeCanvas(bitmap.width, bitmap.height, name)
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  stage.append(canvas)
})
