/** How often a property is tried: `full` with SLOW=1; a few times while Stryker tries one change of the sources after the other. */
export function runs (usual: number, full: number): number {
  if (process.env['SLOW'] === '1') return full
  return process.env['EPIONE_TEST_MUTATION'] === '1' ? 20 : usual
}
