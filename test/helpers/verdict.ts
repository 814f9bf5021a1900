/** `accepted`, or the code of the error. */
export async function verdictOf (judge: () => unknown): Promise<string> {
  try {
    await judge()
    return 'accepted'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}
