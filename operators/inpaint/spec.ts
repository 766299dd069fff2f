import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { METADATA } from '../cover-plates/spec'
import { LEAST_PICTURES } from '../find-watermark/kinds'
import { text } from './text'

export const ENGINES = ['lama', 'migan', 'net', 'classic'] as const
export type Engine = (typeof ENGINES)[number]

export const FORMATS = ['png', 'webp', 'jpeg'] as const

/** What a user should know about a result. */
export const NOTES = {
  nothingMarked: 'The mask is black: the picture is unchanged.',
  nothingFound: 'No watermark was found: the picture is unchanged.',
  noSuchMark: 'The picture does not have the mark that was given.',
  lossy: 'The file type keeps pixels only nearly: choose PNG for a file that equals the original outside the mask.',
  firstFrameOnly: 'The file is an animation: only its first picture is kept.',
  convertedToSrgb: 'The colours of the file were converted to sRGB.',
  eightBits: 'The file has more than 8 bits a channel; the result has 8, outside the mask too.',
  metadataDropped: 'EXIF, XMP or the position were removed.',
} as const

const hole = z.object({
  x: z.int().meta({ title: 'X', description: 'Left edge, pixels', unit: 'px' }),
  y: z.int().meta({ title: 'Y', description: 'Top edge, pixels', unit: 'px' }),
  w: z.int().meta({ title: 'Width', description: 'Width, pixels', unit: 'px' }),
  h: z.int().meta({ title: 'Height', description: 'Height, pixels', unit: 'px' }),
  engine: z.enum(ENGINES).meta({ description: 'What filled it' }),
  model: z.string().nullable().meta({ description: 'The model that it ran; null for the classic engine' }),
  scale: z.number().meta({
    description:
      '0 to 1: how much smaller the engine saw it; below 1, detail comes from the surroundings at full scale',
  }),
  model_runs: z.int().meta({ description: 'How often the model ran for it' }),
})
export type Hole = z.output<typeof hole>

const score = (description: string) => z.number().min(0).max(1).meta({ description })

const scores = z.object({
  seam: score('Steps at the rim of holes beside those in them and around them; 0 to 1, 1 fits best'),
  blur: score('Fine detail in holes beside that around them; 0 to 1, 1 is as sharp'),
  texture: score('Likeness of the small patterns in holes to those around them; 0 to 1'),
  total: score('The geometric mean of the three'),
})

const pixels = (max: number) => z.int().min(0).max(max)

export const inpaint = defineSpec({
  id: 'inpaint',
  tool: 'inpaint',
  path: 'inpaint',
  title: 'Eraser',
  summary: 'Erases watermarks and objects, and fills what was behind them. Every other pixel stays as it was.',
  icon: 'eraser',
  job: 'hide',
  inputs: [
    { name: 'image', kind: 'raster', title: 'Picture', help: 'A picture with something that is to go' },
    {
      name: 'mask',
      kind: 'raster',
      title: 'Mask',
      help: 'White is erased, black stays, gray blends; without one, a watermark is looked for',
      optional: true,
      maskOf: 'image',
      foundBy: { tool: 'find-watermark', artefact: 'mask' },
    },
    {
      name: 'mark',
      kind: 'raster',
      title: 'Mark',
      help: 'The mark by itself, half transparent as it was laid over: it is taken out by its opacity',
      optional: true,
      foundBy: { tool: 'find-watermark', artefact: 'mark', params: { search: 'shared' }, pictures: LEAST_PICTURES },
    },
  ],
  batch: 'image',
  params: z.object({
    engine: z
      .enum(['auto', ...ENGINES])
      .default('auto')
      .meta({
        title: 'Engine',
        description:
          'LaMa and MI-GAN are networks to be fetched under Models; net is our own small one; classic computes from the picture alone. auto takes the best that is here for each hole.',
      }),
    duel: z
      .enum(['none', ...ENGINES])
      .default('none')
      .meta({
        title: 'Second engine',
        description: 'Fills everything once more; the result with the better seam, sharpness and texture comes first.',
      }),
    margin: pixels(64).default(0).meta({
      title: 'Margin, px',
      description: 'How many pixels more than the mask to erase on each side.',
      step: 1,
    }),
    feather: pixels(64).default(3).meta({
      title: 'Feather, px',
      description: 'Over how many pixels beyond that the filling fades into the picture.',
      step: 1,
    }),
    format: z.enum(FORMATS).default('png').meta({
      title: 'File type',
      description: 'Of the result. Only PNG keeps every pixel outside the mask exactly.',
    }),
    quality: z.int().min(1).max(100).default(90).meta({
      title: 'Quality',
      description: 'Of WebP and JPEG; higher is larger and closer to the picture.',
    }),
    keep_metadata: z.enum(METADATA).default('none').meta({
      title: 'Keep EXIF and XMP',
      description:
        'What the file says beside its pixels is dropped unless it is kept on purpose. Previews and maker’s notes always go: they show what was erased. The colour profile stays.',
    }),
  }),
  result: z.object({
    found: z.boolean().meta({ description: 'Whether there was anything to erase' }),
    mask_source: z.enum(['given', 'found', 'mark', 'none']).meta({
      description: 'Whether the mask came with the picture, was found as a watermark, is what a mark left, or is none',
    }),
    engine: z
      .enum(ENGINES)
      .nullable()
      .meta({ figure: true, description: 'What filled the most pixels; null where nothing was' }),
    model: z.string().nullable().meta({ description: 'The model that it ran; null for the classic engine' }),
    erased_pixels: z
      .int()
      .meta({ description: 'Pixels that were filled or blended: the mask with margin and feather' }),
    unblended_pixels: z
      .int()
      .meta({ description: 'Those of them that were not made up: the mark over them was taken out by its opacity' }),
    untouched_pixels: z.int().meta({ description: 'Pixels outside of these' }),
    changed_outside: z.int().meta({
      description: 'Bytes of untouched pixels that differ from the source, counted afterwards: 0',
    }),
    holes: z.array(hole).meta({ description: 'From top to bottom; holes near each other are filled together' }),
    scores: scores
      .nullable()
      .meta({ description: 'How the filling fits its surroundings; null where nothing was filled' }),
    rival: z
      .object({ engine: z.enum(ENGINES), model: z.string().nullable(), scores })
      .nullable()
      .meta({ description: 'The other result of a duel, which scored less; null without a second engine' }),
    notes: z.array(z.string()).meta({ description: 'What else there is to know, in sentences', warns: true }),
  }),
  artefacts: [
    { name: 'erased', title: 'Erased', endings: ['png', 'webp', 'jpg'] },
    { name: 'rival', title: 'Second engine', endings: ['png', 'webp', 'jpg'], optional: true },
  ],
  layers: [{ kind: 'replace', artefact: 'erased', rival: 'rival', title: 'Erased' }],
  models: ['inpainting', 'mark-detection', 'text-detection'],
  live: [],
  samples: [{ title: 'A photo with words across it', files: { image: '/samples/watermarked.jpg' } }],
  text,
  cost: ({ image }, { duel }) => {
    const pixels = image.width * image.height
    const fillings = duel === 'none' ? 1 : 2
    return { seconds: fillings * (HOLE_SECONDS + pixels * HOLE_SHARE * 4e-6) + pixels * 8e-8, bytes: 3e8 + pixels * 16 }
  },
})

// What a mask covers is not known before it is read: a stroke over a twentieth of the picture.
const HOLE_SHARE = 0.05
const HOLE_SECONDS = 0.5
