import * as z from 'zod'

interface Common {
  readonly name: string
  readonly title: string
  readonly help?: string
  readonly initial: unknown
}

/** A parameter with one value. */
export interface ValueField extends Common {
  readonly control: 'slider' | 'number' | 'switch' | 'select' | 'model' | 'color'
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly options?: readonly string[]
}

/** A list of tools with parameters of their own. */
export interface StepsField extends Common {
  readonly control: 'steps'
  readonly choices: readonly StepChoice[]
  readonly most: number
}

export interface StepChoice {
  /** As in `Spec.tool`. */
  readonly tool: string
  readonly fields: readonly ValueField[]
}

export type Field = ValueField | StepsField

type Property = z.core.JSONSchema.JSONSchema

/** What a parameter says about its control. */
interface Shown {
  readonly control?: 'color' | 'none'
  /** The task whose models the options are. */
  readonly models?: string
}

/**
 * One control per parameter, read from the same schema the REST body is checked against. `.meta({ control: 'none' })` is for
 * those that are set elsewhere: on the canvas.
 */
export function fields(params: z.ZodObject): Field[] {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' })
  const shown = Object.entries(properties).filter(([, property]) => (property as Shown).control !== 'none')
  return shown.map(([name, property]) => {
    if (typeof property === 'boolean') throw new TypeError(`Parameter ${name} has no type`)
    return property.type === 'array' ? stepsField(name, property) : valueField(name, property)
  })
}

function valueField(name: string, property: Property): ValueField {
  const { type, enum: options, title = name, description: help } = property
  const [min, max] = [bound(property.minimum), bound(property.maximum)]
  const step = (property as { step?: number }).step ?? (type === 'integer' ? 1 : undefined)
  const { control: asked, models } = property as Shown
  const control =
    asked === 'color'
      ? asked
      : type === 'boolean'
        ? 'switch'
        : options
          ? models
            ? 'model'
            : 'select'
          : min !== undefined && max !== undefined
            ? 'slider'
            : 'number'
  return { name, title, help, control, initial: property.default, min, max, step, options: options?.map(String) }
}

// JSON Schema gives an integer without a bound the largest safe one, which is no bound for people.
const bound = (value?: number) =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value

function stepsField(name: string, { title = name, description: help, maxItems, items, ...rest }: Property): StepsField {
  const kinds = (items as Property | undefined)?.oneOf ?? (items as Property | undefined)?.anyOf ?? []
  const choices = kinds.map((kind) => stepChoice(kind as Property))
  return { name, title, help, control: 'steps', initial: rest.default, choices, most: maxItems ?? 100 }
}

function stepChoice({ properties }: Property): StepChoice {
  const { tool, params } = properties as Readonly<Record<'tool' | 'params', Property>>
  const own = Object.entries(params.properties ?? {}) as [string, Property][]
  return { tool: String(tool.const), fields: own.map(([name, property]) => valueField(name, property)) }
}
