export { drawSvg } from './svg.ts'
export type { SvgOptions } from './svg.ts'
export { drawTerminal } from './terminal.ts'
export type { TerminalOptions } from './terminal.ts'
