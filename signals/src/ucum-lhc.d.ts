/* The library ships no types; of it, what we call. */
declare module '@lhncbc/ucum-lhc' {
  interface UcumLhcUtils {
    validateUnitString (unit: string): { status: 'valid' | 'invalid' | 'error', ucumCode: string | null }
    convertUnitTo (from: string, value: number, to: string): { status: 'succeeded' | 'failed' | 'error', toVal: number | null }
  }
  const ucum: { UcumLhcUtils: { getInstance (): UcumLhcUtils } }
  export default ucum
}
