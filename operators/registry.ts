import { ToolError } from '../core/errors'
import type { OperatorModule, Refine, Spec } from '../core/operator'
import type { AnyPart } from '../core/parallel'
import { checkContent } from './check-content/spec'
import { compareCopies } from './compare-copies/spec'
import { coverPlates } from './cover-plates/spec'
import { embedFace } from './embed-face/spec'
import { findFaces } from './find-faces/spec'
import { findObjects } from './find-objects/spec'
import { findWatermark } from './find-watermark/spec'
import { fingerprint } from './fingerprint/spec'
import { inpaint } from './inpaint/spec'
import { matchChain } from './match-chain/spec'
import { matchFeature } from './match-feature/spec'
import { matchSurface } from './match-surface/spec'
import { matchTemplate } from './match-template/spec'

const singleTools = [
  tool(
    matchTemplate,
    () => import('./match-template/run'),
    () => import('./match-template/refine'),
  ),
  tool(
    matchFeature,
    () => import('./match-feature/run'),
    () => import('./match-feature/refine'),
  ),
  tool(
    matchSurface,
    () => import('./match-surface/run'),
    undefined,
    () => import('./match-surface/parts'),
  ),
]

const listed = [
  ...singleTools,
  tool(matchChain(singleTools.map(({ spec }) => spec)), () => import('./match-chain/run')),
  tool(embedFace, () => import('./embed-face/run')),
  tool(findFaces, () => import('./find-faces/run')),
  tool(
    coverPlates,
    () => import('./cover-plates/run'),
    () => import('./cover-plates/refine'),
  ),
  tool(inpaint, () => import('./inpaint/run')),
  tool(findWatermark, () => import('./find-watermark/run')),
  tool(compareCopies, () => import('./compare-copies/run')),
  tool(fingerprint, () => import('./fingerprint/run')),
  tool(findObjects, () => import('./find-objects/run')),
  tool(checkContent, () => import('./check-content/run')),
]

/** Every tool, in menu order. No other file lists them. */
export const registry: readonly Tool[] = listed

/** What each of them is, for types that follow the list. */
export type ListedSpec = (typeof listed)[number]['spec']

export interface Tool {
  readonly spec: Spec
  load(): Promise<OperatorModule<Spec>>
  /** There for tools with live parameters. */
  readonly loadRefine?: LoadRefine
  /** There for tools whose runs can be split over several cores. */
  readonly loadParts?: () => Promise<{ readonly parts: Readonly<Record<string, AnyPart>> }>
}

type LoadRefine = () => Promise<{ readonly refine: Refine<Spec> }>

export function findTool(id: string): Tool {
  const found = registry.find(({ spec }) => spec.id === id || spec.tool === id)
  if (!found) throw new ToolError('not-found', `There is no tool "${id}"`)
  return found
}

/** Pairs a spec with its code, which is downloaded when a worker first needs it. A wrong pair does not compile. */
function tool<S extends Spec>(
  spec: S,
  load: () => Promise<OperatorModule<S>>,
  loadRefine?: () => Promise<{ refine: Refine<S> }>,
  loadParts?: Tool['loadParts'],
): Tool & { readonly spec: S } {
  // Sound because `execute` hands over only inputs and params that this very spec has parsed.
  return {
    spec,
    load: load as unknown as Tool['load'],
    loadRefine: loadRefine && (() => completing(spec, loadRefine as unknown as LoadRefine)),
    loadParts,
  }
}

/** The page holds only parameters that have a control: the others get their defaults. */
async function completing({ params: schema }: Spec, load: LoadRefine): ReturnType<LoadRefine> {
  const { refine } = await load()
  return { refine: (kept, params) => refine(kept, schema.parse(params)) }
}
