import type { z } from 'zod'
import type { Task } from '../models/model'
import type { PointCloud } from './cloud'
import type { Parallel } from './parallel'
import type { Codec, LoadAsset, LoadOpenCv, ModelRunner, Sign } from './ports'
import type { Checkpoint } from './progress'
import type { Raster, Size } from './raster'
import type { SpecText } from './text'

/** One file a tool takes. */
export interface Slot {
  /** The multipart field of the REST call and the key in `inputs`. */
  readonly name: string
  /** A picture, a PLY file with points, or whichever of them the file is. */
  readonly kind: 'raster' | 'cloud' | 'either'
  readonly title: string
  readonly help?: string
  /** A run can do without it. */
  readonly optional?: boolean
  /**
   * The slot of the picture that this one is a mask of: a picture of the same size, white where the tool works and black
   * what stays as it is. The page lets people paint it.
   */
  readonly maskOf?: string
  /**
   * The tool, by `Spec.id`, that can find what goes here in the picture, and the artefact that holds it; with which
   * parameters, and from how many pictures of a batch at least, each in a slot of its own, where one does not do.
   */
  readonly foundBy?: {
    readonly tool: string
    readonly artefact: string
    readonly params?: Readonly<Record<string, unknown>>
    readonly pictures?: number
  }
}

/** A file that a tool makes, named as in `result_files`: the picture `matches` becomes `matches.png`. */
export interface ArtefactSpec {
  readonly name: string
  readonly title: string
  /** How the file name ends, where the tool encodes it itself; the first is the default. `png` where it is a raster. */
  readonly endings?: readonly Ending[]
  /** Some runs have none. */
  readonly optional?: boolean
  /** One for each step that ran, named by `stepName`. */
  readonly perStep?: boolean
  /** Any number of them, none included, named by `itemName`; what they show is called `title` with a number. */
  readonly many?: boolean
  /** Id of a tool that is worth running on these next; the page offers it first. */
  readonly next?: string
}

const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'application/json': 'json' } as const
export type Ending = (typeof ENDINGS)[keyof typeof ENDINGS]

/** An artefact that the tool has encoded itself, because more than pixels belongs into it. */
export interface EncodedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: keyof typeof ENDINGS
}

export type Artefact = Raster | EncodedFile

export const isEncoded = (artefact: Artefact): artefact is EncodedFile => 'bytes' in artefact

/** The file name of an artefact: rasters become PNG. */
export const artefactFile = (name: string, artefact: Artefact): string =>
  `${name}.${isEncoded(artefact) ? ENDINGS[artefact.type] : 'png'}`

/** What one of several artefacts is called: `face-1`. @param number from 1 */
export const itemName = <const N extends string>(artefact: N, number: number): `${N}-${number}` =>
  `${artefact}-${number}`

/** A vector in `result_data` by which inputs are compared: the page shows a batch as similarities and groups. */
export interface VectorSpec {
  /** A list of numbers in `result_data`. */
  readonly field: string
  /** Cosine, -1..1, from which two inputs are said to show the same. */
  readonly same: number
  /** Text in `result_data` that two vectors must share to be comparable: model, alignment, normalisation. */
  readonly contract?: string
}

/** What a step's artefact is called: `step-1-matches`. @param step from 1 */
export const stepName = (step: number | string, artefact: string): string => `step-${step}-${artefact}`

/** What the page draws over the first input, bottom first. */
export type LayerSpec =
  /** Rectangles `{x, y, w, h, score}` read from this field of `result_data`, in pixels of the first input. */
  | { readonly kind: 'boxes'; readonly field: string; readonly title: string }
  /**
   * Quads `{x1, y1 … x4, y4, score, covered}` read from this field, in pixels of the first input, that people may change:
   * `edits` is the parameter that takes them instead of what was found, `zones` the one for rectangles `{x, y, w, h}`, as
   * shares of the picture, in which nothing is to be done. `residuals` is a field of quads that are shown as wrong.
   */
  | {
      readonly kind: 'quads'
      readonly field: string
      readonly residuals: string
      readonly edits: string
      readonly zones: string
      readonly title: string
    }
  /** An artefact laid over the first input, shifted by half of what it is smaller. */
  | { readonly kind: 'overlay'; readonly artefact: string; readonly title: string; readonly opacity: number }
  /**
   * An artefact that replaces the first input, with a before/after slider. `rival` is an artefact, not there after every
   * run, that would do so too, but less well: both are shown side by side, to choose the other one.
   */
  | { readonly kind: 'replace'; readonly artefact: string; readonly rival?: string; readonly title: string }
  /**
   * Lines between the first input and the one in slot `other`: rows `{query_x, query_y, train_x, train_y, inlier}` read
   * from this field of `result_data`, in pixels of each. `aligned` is an artefact, not there after every run: the first
   * input as it lies on the other, of the other's proportions and transparent elsewhere, to wipe or fade over it.
   */
  | {
      readonly kind: 'pairs'
      readonly field: string
      readonly other: string
      readonly aligned: string
      readonly title: string
    }

/** What a run will take on one core, for choosing between device and server. */
export interface Cost {
  /** Seconds on the reference core (an x86-64 server core of 2023 at 3 GHz). */
  readonly seconds: number
  /** Peak bytes beyond the decoded inputs. */
  readonly bytes: number
}

/** What users come to do: tools of one job are listed together, in this order. */
export const JOBS = ['find', 'faces', 'hide', 'copies'] as const
export type Job = (typeof JOBS)[number]

export interface Sample {
  readonly title: string
  /** Path under `public/` for each slot. */
  readonly files: Readonly<Record<string, string>>
  /** A picture to show for each slot, where the files are none themselves. */
  readonly pictures?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, unknown>>
}

/**
 * Everything about a tool that is data. Pages, routes and docs load it, so it imports nothing heavy.
 *
 * Every parameter has a default, a range, and `.meta({ title, description, step })` for its control.
 */
export interface Spec {
  /** Folder name, and the address on the page: `/tools/match-template`. */
  readonly id: string
  /** The word for it in REST answers: `template`. */
  readonly tool: string
  /** REST path below `/api/v1`: `match/template`. */
  readonly path: string
  readonly title: string
  /** One line: what it does for the user. */
  readonly summary: string
  /** A lucide icon name, kebab-case. */
  readonly icon: string
  /** Where it is listed; without one, after all that have. */
  readonly job?: Job
  readonly inputs: readonly Slot[]
  /** The slot over which a batch on the page runs; the others stay the same. */
  readonly batch: string
  readonly params: z.ZodObject
  /** Parameters that a request must name: their default is only what the page begins with. */
  readonly required?: readonly string[]
  readonly result: z.ZodObject
  /** The number in `result_data` that says whether the tool found anything. One that has it can be a step of a chain. */
  readonly found?: string
  /** Where a run belongs when nothing is said against it: `server` for what a page is a poor place for. */
  readonly home?: 'server'
  readonly artefacts: readonly ArtefactSpec[]
  readonly layers: readonly LayerSpec[]
  /** What kinds of models a run may ask for. A parameter that names one says so: `.meta({ models: 'face-embedding' })`. */
  readonly models?: readonly Task[]
  /** There when a result is a vector. */
  readonly vectors?: VectorSpec
  /** Parameters that `refine` applies to a finished run without running again. */
  readonly live: readonly string[]
  readonly samples: readonly Sample[]
  readonly text: SpecText
  cost(sizes: Readonly<Record<string, Size>>, params: Readonly<Record<string, unknown>>): Cost
}

export const defineSpec = <const S extends Spec>(spec: S): S => spec

/** What a slot's file is once decoded. */
export type Decoded<S extends Slot = Slot> = S['kind'] extends 'cloud'
  ? PointCloud
  : S['kind'] extends 'raster'
    ? Raster
    : PointCloud | Raster

type Needed<I extends Slot> = Exclude<I, { readonly optional: true }>
type Extra<I extends Slot> = Extract<I, { readonly optional: true }>

export type Inputs<S extends Spec> = { readonly [I in Needed<S['inputs'][number]> as I['name']]: Decoded<I> } & {
  readonly [I in Extra<S['inputs'][number]> as I['name']]?: Decoded<I>
}

export interface RunContext {
  readonly checkpoint: Checkpoint
  /** Other cores that may help, if any. */
  readonly parallel: Parallel
  readonly models: ModelRunner
  readonly codec: Codec
  readonly loadOpenCv: LoadOpenCv
  /** The files as they were given, by slot: for what decoding loses. */
  readonly sources: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
  readonly loadAsset: LoadAsset
  /** There where the host has a key. */
  readonly sign?: Sign
  /** Most pictures in one run of a model; 1 unless told otherwise. */
  readonly modelBatch?: number
}

type Made<A extends ArtefactSpec> = ArtefactSpec extends A
  ? Artefact
  : A extends { readonly endings: readonly Ending[] }
    ? EncodedFile
    : Raster
type Sure<A extends ArtefactSpec> = Exclude<A, { readonly optional: true } | { readonly many: true }>
type Some<A extends ArtefactSpec> = Extract<A, { readonly optional: true }>
type Many<A extends ArtefactSpec> = Extract<A, { readonly many: true }>
type Artefacts<A extends ArtefactSpec> = { readonly [I in Sure<A> as I['name']]: Made<I> } & {
  readonly [I in Some<A> as I['name']]?: Made<I>
} & { readonly [I in Many<A> as `${I['name']}-${number}`]?: Made<I> }

export interface RunResult<S extends Spec> {
  /** The contract's `result_data`. */
  readonly data: z.output<S['result']>
  readonly artefacts: Artefacts<S['artefacts'][number]>
  /** What computed it, for people: `WASM SIMD`, `WebGPU`. */
  readonly backend: string
  /** Whatever `refine` needs to apply live parameters later; survives structured cloning. Kept on the page only. */
  readonly kept?: unknown
}

/** Refuses inputs that do not fit each other, before anything is stored or queued; throws ToolError. */
export type Check<S extends Spec> = (inputs: Inputs<S>, params: z.output<S['params']>) => void | Promise<void>

export type Run<S extends Spec> = (
  inputs: Inputs<S>,
  params: z.output<S['params']>,
  ctx: RunContext,
) => Promise<RunResult<S>>

/** The `result_data` that a run with these params would have given, from what an earlier run kept. */
export type Refine<S extends Spec> = (kept: unknown, params: z.output<S['params']>) => z.output<S['result']>

/** What a tool's `run.ts` exports. */
export interface OperatorModule<S extends Spec> {
  readonly run: Run<S>
  readonly check: Check<S>
}
