/** Ratios of both sides, and figures of ours alone, by name. */
export interface Figures { ratios: object, figures: object }

/**
 * Measures one part after the other, or `only` one, and prints the ratios and figures of all: with `json` one line and nothing else on
 * stdout.
 */
export async function runParts (
  parts: Readonly<Record<string, () => Promise<Figures>>>,
  { only, json, say }: { only: string | undefined, json: boolean, say: (text: string) => void }
): Promise<void> {
  const result: Figures = { ratios: {}, figures: {} }
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== undefined && only !== name) continue
    say(`measuring ${name}`)
    const { ratios, figures } = await measure()
    Object.assign(result.ratios, ratios)
    Object.assign(result.figures, figures)
  }
  console.log(JSON.stringify(result, undefined, json ? undefined : 2))
}
