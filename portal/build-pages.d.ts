export function buildPages (outdir: string): Promise<string>
