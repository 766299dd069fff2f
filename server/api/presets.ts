import type { Spec } from '../../core/operator'
import type { Settings } from './engine'

/** Whether a tool has settings: not one that cannot run without being told something. */
export const hasSettings = ({ required = [] }: Spec): boolean => required.length === 0

/**
 * Parameters that stand in for those a request leaves out. One that the tool no longer takes, after an update that
 * changed its range, is left out: the tool's own default then holds.
 */
export async function presetsOf(spec: Spec, settings: Settings): Promise<Record<string, unknown>> {
  const stored = Object.entries((await settings.read(spec.id)) ?? {})
  return Object.fromEntries(stored.filter(([name, value]) => takes(spec, name, value)))
}

const takes = ({ params }: Spec, name: string, value: unknown): boolean =>
  Object.hasOwn(params.shape, name) && params.shape[name].safeParse(value).success
