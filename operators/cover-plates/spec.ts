import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { text } from './text'
import { TILINGS, viewsOf } from './views'

export const STYLES = ['solid', 'image', 'blur', 'pixelate'] as const
export const FORMATS = ['webp', 'png', 'jpeg'] as const
export const METADATA = ['none', 'without_position', 'all'] as const

/** Lowest score that is looked at; below it the model says nothing. */
export const LOWEST = 0.05

/** What a user should know about a result. */
export const NOTES = {
  noPlates: 'No plate was found: the photo is as it was, but for its metadata.',
  notLookedAgain: 'The covered photo was not searched again.',
  firstFrameOnly: 'The file is an animation: only its first picture is kept.',
  convertedFromCmyk: 'The file had colours for print: they were converted to sRGB.',
  metadataDropped: 'EXIF, XMP or the position were removed.',
} as const

const MOST_QUADS = 500
const FAR = 1_000_000 // a corner may lie outside the picture, but not beyond reason

const place = (description: string) => z.number().min(-FAR).max(FAR).meta({ description })

const corners = {
  x1: place('Top left of the text, pixels from the left edge of the upright picture'),
  y1: place('And from its top edge'),
  x2: place('Top right of the text'),
  y2: place('And from the top edge'),
  x3: place('Bottom right of the text'),
  y3: place('And from the top edge'),
  x4: place('Bottom left of the text'),
  y4: place('And from the top edge'),
}

const score = z.number().min(0).max(1).nullable()

const zone = z.strictObject({
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  w: z.number().min(0).max(1),
  h: z.number().min(0).max(1),
})
export type Zone = z.output<typeof zone>

const plate = z.object({
  ...corners,
  score: score.meta({ description: '0 to 1, how sure the model is; null for one that the request gave' }),
  covered: z.boolean().meta({ description: 'False inside an exclusion zone' }),
})
export type Plate = z.output<typeof plate>

const residual = z.object({ ...corners, score: z.number().meta({ description: '0 to 1' }) })
export type Residual = z.output<typeof residual>

export const coverPlates = defineSpec({
  id: 'cover-plates',
  tool: 'plates',
  path: 'plates/cover',
  title: 'Plate anonymisation',
  summary: 'Finds number plates, covers each exactly on its four corners, and proves what was done.',
  icon: 'car',
  job: 'hide',
  inputs: [
    { name: 'image', kind: 'raster', title: 'Photo', help: 'The photo with plates' },
    {
      name: 'cover',
      kind: 'raster',
      title: 'Own cover',
      help: 'A picture to lay over every plate, if you have one',
      optional: true,
    },
  ],
  batch: 'image',
  params: z.object({
    threshold: z.number().min(LOWEST).max(0.95).default(0.4).meta({
      title: 'Threshold',
      description: 'Lowest score that counts as a plate; lower finds more, and covers more that is none.',
      step: 0.01,
    }),
    style: z.enum(STYLES).default('solid').meta({
      title: 'Cover',
      description:
        'A solid colour (or your own cover, when you gave one), the cover picture, or a blur or mosaic that keeps only the plate’s mean colour: a light blur could be undone.',
    }),
    color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .default('#16181b')
      .meta({
        title: 'Colour',
        description: 'Of a solid cover, and behind what is transparent in a picture; #rrggbb.',
        control: 'color',
      }),
    margin: z.number().min(0).max(100).default(8).meta({
      title: 'Margin, %',
      description: 'How far the cover reaches beyond the corners, in per cent of the plate’s height.',
      step: 1,
    }),
    format: z.enum(FORMATS).default('webp').meta({ title: 'File type', description: 'Of the covered photo.' }),
    quality: z.int().min(1).max(100).default(90).meta({
      title: 'Quality',
      description: 'Of WebP and JPEG; higher is larger and closer to the photo.',
    }),
    keep_metadata: z.enum(METADATA).default('none').meta({
      title: 'Keep EXIF and XMP',
      description:
        'What the file says beside its pixels is dropped unless it is kept on purpose. Previews and maker’s notes always go: they can show the plate. Pixels are sRGB.',
    }),
    tiling: z.enum(TILINGS).default('auto').meta({
      title: 'Tiles',
      description:
        'Look at parts of large photos at full scale too: finds small plates, and takes several times as long.',
    }),
    second_look: z.boolean().default(true).meta({
      title: 'Look again',
      description: 'Search the covered photo at other scales, and flag whatever is still found.',
    }),
    dry_run: z.boolean().default(false).meta({
      title: 'Find only',
      description: 'Answer where plates are, and cover nothing.',
    }),
    quads: z
      .array(z.strictObject({ ...corners, score: score.optional() }))
      .max(MOST_QUADS)
      .nullable()
      .default(null)
      .meta({
        title: 'Quads',
        description: 'Cover these instead of searching: corners clockwise, in pixels of the upright photo.',
        control: 'none',
      }),
    zones: z.array(zone).max(100).default([]).meta({
      title: 'Exclusion zones',
      description:
        'Plates whose middle lies in one of these stay uncovered; left, top, width and height as shares of the photo.',
      control: 'none',
    }),
  }),
  result: z.object({
    plates_found: z.int().meta({ description: 'At or above the threshold' }),
    plates_covered: z.int().meta({ description: 'Found or given, and in no exclusion zone' }),
    residuals_found: z.int().meta({ description: 'What is still found in the covered photo, beside the covers' }),
    residual_score: z
      .number()
      .nullable()
      .meta({ description: 'The highest score of these; null when there was no second look' }),
    plates: z.array(plate).meta({ description: 'Best first' }),
    residuals: z.array(residual).meta({ description: 'Best first' }),
    notes: z.array(z.string()).meta({ description: 'What else there is to know, in sentences', warns: true }),
  }),
  artefacts: [
    { name: 'covered', title: 'Covered photo', endings: ['webp', 'png', 'jpg'], optional: true },
    { name: 'receipt', title: 'Receipt', endings: ['json'], optional: true },
  ],
  layers: [
    { kind: 'replace', artefact: 'covered', title: 'Covered photo' },
    {
      kind: 'quads',
      field: 'plates',
      residuals: 'residuals',
      edits: 'quads',
      zones: 'zones',
      title: 'Plates',
    },
  ],
  models: ['plate-detection', 'plate-corners'],
  live: ['threshold'],
  samples: [
    { title: 'A car in the yard', files: { image: '/samples/car.jpg' } },
    { title: 'A street with parked cars', files: { image: '/samples/street.jpg' } },
  ],
  text,
  // Measured: one look at 640 pixels, and what a pixel takes to be copied, encoded and hashed.
  cost: ({ image }, { tiling, second_look, dry_run }) => {
    const views = viewsOf(image, tiling as (typeof TILINGS)[number]).length
    const looks = views + (second_look && !dry_run ? views + 1 : 0)
    const pixels = image.width * image.height
    return { seconds: 0.01 + looks * LOOK_SECONDS + pixels * 6e-8, bytes: LOOK_BYTES + pixels * 12 }
  },
})

const LOOK_SECONDS = 0.05
const LOOK_BYTES = 6e7
