import type { Refine, Spec } from '../../core/operator'
import { loadRunner } from './load-runner'

/** The code that applies a tool's live parameters; undefined for a tool that has none. */
export async function loadRefine(tool: string): Promise<Refine<Spec> | undefined> {
  const { findTool } = await loadRunner()
  return (await findTool(tool).loadRefine?.())?.refine
}
