/** The half of pdf.js that otherwise runs in a worker: it comes without types. */
declare module 'pdfjs-dist/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: object
}
