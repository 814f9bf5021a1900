/** Deepest nesting of JSON: no resource needs a quarter of it, and what checks resources calls itself at each level. */
export const DEPTH_MAX = 64

/**
 * Most values in one text: a resource has some hundred, and is long by the strings in it. Each takes far more memory once it is parsed
 * than the two letters that it may be written with.
 */
export const VALUES_MAX = 250_000

/**
 * True for JSON that is nested deeper than `DEPTH_MAX` or has more values than `VALUES_MAX`, told without parsing it; what stands within
 * strings is none.
 */
export function isTooComplex (text: string): boolean {
  let [depth, values] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (letter === QUOTE) at = endOfString(text, at)
    else if (letter === COMMA) values++
    else if (letter === OPEN_BRACE || letter === OPEN_BRACKET) [depth, values] = [depth + 1, values + 1]
    else if (letter === CLOSE_BRACE || letter === CLOSE_BRACKET) depth--
    if (depth > DEPTH_MAX || values > VALUES_MAX) return true
  }
  return false
}

const [QUOTE, COMMA, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x2c, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]

/** Where the string that begins at `from` ends. */
function endOfString (text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return end
  }
  return text.length
}
