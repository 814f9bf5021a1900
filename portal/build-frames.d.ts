export function buildFrames (sources: string, outdir: string): Promise<void>
