/** Value of a Prometheus sample by metric name and one label, or undefined when the text has none. */
export function metricValue (text: string, metric: string, label?: { name: string, value: string }): number | undefined {
  for (const line of text.split('\n')) {
    if (!line.startsWith(metric)) continue
    const match = /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})? (\S+)/.exec(line)
    if (match?.[1] !== metric) continue
    if (label !== undefined && !(match[2] ?? '').split(',').includes(`${label.name}="${label.value}"`)) continue
    return Number(match[3])
  }
  return undefined
}
