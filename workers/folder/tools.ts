import * as Comlink from 'comlink'
import type * as z from 'zod'
import { unwrap } from '../../core/errors'
import { sniff } from '../../core/image-header'
import type { Spec } from '../../core/operator'
import type { Progress } from '../../core/progress'
import { nsfwMobileNet } from '../../models/entries/content-classes'
import { findModel } from '../../models/manifest'
import { checkContent } from '../../operators/check-content/spec'
import { compareCopies } from '../../operators/compare-copies/spec'
import { CALIBRATION } from '../../operators/compare-copies/verdict'
import type { Executed } from '../../operators/execute'
import { EMBEDDING_MODELS } from '../../operators/fingerprint/models'
import { fingerprint } from '../../operators/fingerprint/spec'
import { pagePool } from '../page-pool'
import { costOf } from '../run-cost'
import type { StoredAdvice, StoredPair, StoredPrint } from './picture'

/** The model's bytes that have arrived, while it is fetched for the first run. */
export type OnLoading = (done: number, total: number) => void

export interface Evidence {
  readonly pair: StoredPair
  /** Cosine of the embeddings, -1..1. */
  readonly similarity: number | null
  /** Details that agree. */
  readonly inliers: number
  /** Differing bits of 256. */
  readonly pdqDistance: number
  /** The first picture as it lies on the other one, transparent elsewhere; of the other's proportions. */
  readonly aligned?: Blob
  /** Where the two differ, as colours. */
  readonly difference?: Blob
}

/** The operators, run on this device whatever the page's mode is: no picture of a private folder is ever sent. */
export interface FolderTools {
  /** Which weights make the embeddings. */
  readonly contract: string
  /** With what probabilities follow from: pairs of another one are compared anew. */
  readonly pairContract: string
  /** Which weights judge what a picture shows. */
  readonly adviceContract: string
  /** @throws ToolError unreadable, too-large; model-unavailable and the like when nothing can be fingerprinted here */
  fingerprint(file: File, options: { signal: AbortSignal; onLoading: OnLoading }): Promise<StoredPrint>
  /** @param one and `other` with their SHA-256, in its order */
  compare(one: Named, other: Named, librarySize: number, signal: AbortSignal): Promise<Evidence>
  /** What the content filter advises. @throws ToolError as `fingerprint` does */
  judge(file: File, signal: AbortSignal): Promise<Policy>
}

export type Policy = StoredAdvice['policy']

export interface Named {
  readonly sha256: string
  readonly file: File
}

const [MODEL] = EMBEDDING_MODELS

const contractOf = (id: string): string => `${id} ${findModel(id)?.files[0].sha256?.slice(0, 16)}`

export const folderTools: FolderTools = {
  contract: contractOf(MODEL),
  pairContract: `${contractOf(MODEL)} ${CALIBRATION}`,
  adviceContract: contractOf(nsfwMobileNet.id),

  async fingerprint(file, { signal, onLoading }) {
    const { data } = await runHere(fingerprint, { image: file }, { model: MODEL }, signal, onLoading)
    const { sha256, pdq_orientations, pdq_quality, embedding, width, height } = data
    return {
      sha256: sha256 ?? '',
      orientations: pdq_orientations,
      quality: pdq_quality,
      embedding: Float32Array.from(embedding),
      contract: folderTools.contract,
      ...{ width, height, lossless: await isLossless(file) },
    }
  },

  async compare(one, other, librarySize, signal) {
    const params = { library_size: librarySize, model: MODEL }
    const { data, files } = await runHere(compareCopies, { image: one.file, other: other.file }, params, signal)
    const made = (name: string) => {
      const file = files.find((entry) => entry.name === `${name}.png`)
      return file && new Blob([file.bytes], { type: file.type })
    }
    const { verdict, probability, edits, alignment, similarity, inliers, pdq_distance } = data
    return {
      pair: {
        ...{ a: one.sha256, b: other.sha256, contract: folderTools.pairContract, librarySize },
        ...{ isCopy: data.copies_found > 0, verdict, probability, edits },
        ...{ overlap: alignment?.overlap ?? null, inside: alignment?.inside ?? null },
      },
      ...{ similarity, inliers, pdqDistance: pdq_distance, aligned: made('aligned'), difference: made('difference') },
    }
  },

  async judge(file, signal) {
    const { data } = await runHere(checkContent, { image: file }, {}, signal)
    return data.policy
  },
}

async function runHere<S extends Spec>(
  spec: S,
  files: Readonly<Record<string, File>>,
  params: z.input<S['params']>,
  signal: AbortSignal,
  onLoading?: OnLoading,
): Promise<Pick<Executed, 'files'> & { readonly data: z.output<S['result']> }> {
  const { bytes } = await costOf({ spec, files, params })
  const report = Comlink.proxy(({ phase, done, total }: Progress) => {
    if (phase === 'loading-model') onLoading?.(done, total)
  })
  const run = pagePool().use(async (host, cores) => await host.run({ tool: spec.id, files, params }, report, cores), {
    signal,
    bytes,
    usesModels: true,
  })
  const { data, files: made } = unwrap(await run)
  return { data: data as z.output<S['result']>, files: made }
}

const HEAD_BYTES = 256
const LOSSLESS: readonly (string | undefined)[] = ['png', 'bmp', 'tiff']

async function isLossless(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  const format = sniff(head)
  return LOSSLESS.includes(format) || (format === 'webp' && head[15] === 0x4c) // `VP8L`
}
