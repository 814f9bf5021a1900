/** Settings of a program: an object schema of strings, as TypeBox makes it. */
export interface SettingsSchema {
  readonly properties: Readonly<Record<string, object>>
  readonly required?: readonly string[]
}

/** Whether a value fits the schema of a setting. */
export type Fits = (schema: object, value: unknown) => boolean

/**
 * Everything that is wrong with an environment, a sentence each: what is not set, what is set but empty, and what does not fit. A setting
 * is described by its schema's `description`, else by its `pattern`.
 */
export function findSettingFaults (
  { properties, required = [] }: SettingsSchema, environment: Readonly<Record<string, string | undefined>>, fits: Fits
): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const value = environment[name]
    if (value === undefined) return required.includes(name) ? [`${name} is not set`] : []
    // Most often another variable that was to stand there was not set: a default in its place would be a surprise.
    if (value.trim() === '') return [`${name} is set but empty`]
    return fits(schema, value) ? [] : [`${name} is not ${describe(schema)}`]
  })
}

function describe (schema: object): string {
  const { description, pattern } = schema as { description?: string, pattern?: string }
  return description ?? (pattern === undefined ? 'as expected' : `of the form ${pattern}`)
}
