import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { GROW, KINDS, THRESHOLD } from './kinds'
import { text } from './text'

const SEARCHES = ['each', 'shared'] as const
const INCLUDE = ['overlays', 'all_text'] as const

/** What a user should know about a result. */
export const NOTES = {
  nothing: 'No watermark was found. A mark that looks like a part of the scene can be painted over by hand.',
  fewPictures: 'Two pictures are too few to tell a shared mark from the scenes: add a third.',
  notShared: 'The pictures share no mark: only the first was searched.',
  noneShared: 'The pictures share no mark.',
  noText: 'The model that finds text is not installed here: text was not looked for.',
} as const

const ANOTHER =
  'From three pictures of different scenes with one mark at the same place, its colour and opacity are estimated'

const mark = z.object({
  pictures: z.int().meta({ description: 'From how many pictures it was estimated' }),
  opacity: z.number().meta({ description: 'Of its most opaque parts, 0 to 1', unit: 'share' }),
})

const box = z.object({
  x: z.number().meta({ title: 'X', description: 'Left edge in the picture, pixels', unit: 'px' }),
  y: z.number().meta({ title: 'Y', description: 'Top edge in the picture, pixels', unit: 'px' }),
  w: z.number().meta({ title: 'Width', description: 'Width, pixels', unit: 'px' }),
  h: z.number().meta({ title: 'Height', description: 'Height, pixels', unit: 'px' }),
  kind: z.enum(KINDS).meta({
    title: 'Kind',
    description: 'Letters, a repetition over the picture, a shape in a corner, or what several pictures share',
  }),
  score: z.number().meta({ title: 'Score', description: '0 to 1, how sure it is no part of the scene', unit: 'share' }),
})

export const findWatermark = defineSpec({
  id: 'find-watermark',
  tool: 'find-watermark',
  path: 'watermark/find',
  title: 'Watermark finder',
  summary:
    'Finds text, repeated marks and logos in corners that were laid over a picture, and any mark that several pictures share: it is taken out of them all.',
  icon: 'stamp',
  job: 'hide',
  inputs: [
    { name: 'image', kind: 'raster', title: 'Picture', help: 'A picture with a watermark' },
    { name: 'image_2', kind: 'raster', title: 'Another with the same mark', help: ANOTHER, optional: true },
    { name: 'image_3', kind: 'raster', title: 'A third with the same mark', help: ANOTHER, optional: true },
    { name: 'image_4', kind: 'raster', title: 'A fourth with the same mark', help: ANOTHER, optional: true },
    { name: 'image_5', kind: 'raster', title: 'A fifth with the same mark', help: ANOTHER, optional: true },
  ],
  batch: 'image',
  params: z.object({
    include: z.enum(INCLUDE).default('overlays').meta({
      title: 'Text to include',
      description: 'Only what was laid over the picture, or also signs, labels and captions that belong to it.',
    }),
    search: z.enum(SEARCHES).default('each').meta({
      title: 'Look for',
      description:
        'Any mark, and of several pictures what they look like without one they share; or that shared mark alone.',
    }),
    threshold: z.number().min(0.3).max(0.99).default(THRESHOLD).meta({
      title: 'Lowest score',
      description:
        'How sure it must be that something is no part of the scene; lower finds fainter marks, and takes more that is none.',
      step: 0.01,
    }),
    grow: z.int().min(0).max(32).default(GROW).meta({
      title: 'Margin, pixels',
      description: 'How far the mask reaches beyond the mark: soft edges and traces of compression belong to it.',
    }),
  }),
  result: z.object({
    watermarks_found: z.int().meta({ description: 'How many marks; 0 when there is none' }),
    covered: z.number().meta({ description: 'Share of the picture that the mask takes, 0 to 1', unit: 'share' }),
    boxes: z.array(box).meta({ description: 'Surest first' }),
    shared: mark.nullable().meta({ description: 'The mark that all pictures share; null where there is none' }),
    notes: z.array(z.string()).meta({ description: 'What else there is to know, in sentences', warns: true }),
  }),
  models: ['mark-detection', 'text-detection'],
  artefacts: [
    { name: 'mask', title: 'Mask' },
    { name: 'highlight', title: 'Marked places' },
    { name: 'mark', title: 'The mark alone', optional: true },
    { name: 'unblended', title: 'Picture without the mark', many: true, next: 'inpaint' },
    { name: 'rest', title: 'What remains to be filled', many: true },
  ],
  layers: [
    { kind: 'overlay', artefact: 'highlight', title: 'Mask', opacity: 0.6 },
    { kind: 'boxes', field: 'boxes', title: 'Watermarks' },
  ],
  live: [],
  samples: [{ title: 'A photo with words across it', files: { image: '/samples/watermarked.jpg' } }],
  text,
  // Processor time, measured: the text model sees at most 1280 pixels a side, that of marks and the search for logos 640.
  cost: ({ image }) => {
    const pixels = image.width * image.height
    const [read, seen] = [Math.min(pixels * 4, 1280 * 1280), Math.min(pixels, 640 * 640)]
    return { seconds: 0.05 + read * 7e-7 + seen * 8.3e-7 + pixels * 3.4e-7, bytes: SESSION_BYTES + pixels * 40 }
  },
})

const SESSION_BYTES = 2 ** 28
