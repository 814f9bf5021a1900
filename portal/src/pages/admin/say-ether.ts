const WEI_DIGITS = 18

/** An amount in wei (decimal text of any length) as ether, to six places. */
export function sayEther (language: string, wei: string): string {
  const digits = wei.padStart(WEI_DIGITS + 1, '0')
  const ether = `${digits.slice(0, -WEI_DIGITS)}.${digits.slice(-WEI_DIGITS)}` as Intl.StringNumericLiteral
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(ether)} ETH`
}
