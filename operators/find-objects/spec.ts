import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { text } from './text'

const MOST_OBJECTS = 100

const object = z.object({
  name: z.string().meta({ title: 'Kind', description: 'One of the 80 categories of COCO' }),
  x: z.number().meta({ title: 'X', description: 'Left edge, pixels', unit: 'px' }),
  y: z.number().meta({ title: 'Y', description: 'Top edge, pixels', unit: 'px' }),
  w: z.number().meta({ title: 'Width', description: 'Width, pixels', unit: 'px' }),
  h: z.number().meta({ title: 'Height', description: 'Height, pixels', unit: 'px' }),
  score: z.number().meta({ description: '0 to 1, how sure the model is', unit: 'share' }),
})

export type FoundObject = z.infer<typeof object>

export const findObjects = defineSpec({
  id: 'find-objects',
  tool: 'find-objects',
  path: 'copies/objects',
  title: 'People and objects',
  summary: 'Finds people and everyday things of 80 kinds in a picture and counts them.',
  icon: 'boxes',
  job: 'copies',
  inputs: [{ name: 'image', kind: 'raster', title: 'Picture' }],
  batch: 'image',
  params: z.object({
    threshold: z.number().min(0.2).max(0.95).default(0.5).meta({
      title: 'Lowest score',
      description: 'How sure the model must be; lower finds more, and more that is not there.',
      step: 0.05,
    }),
    max_objects: z.int().min(1).max(MOST_OBJECTS).default(40).meta({
      title: 'Most objects',
      description: 'How many of the surest to return.',
    }),
  }),
  result: z.object({
    objects_found: z.int().meta({ title: 'Found', description: 'People and things, at most max_objects' }),
    people: z.int().meta({ title: 'People', description: 'How many of them are people' }),
    model: z.string().meta({ description: 'The model that ran' }),
    objects: z.array(object).meta({ description: 'The surest first' }),
  }),
  models: ['object-detection'],
  artefacts: [],
  layers: [{ kind: 'boxes', field: 'objects', title: 'Objects' }],
  live: [],
  samples: [{ title: 'A cup of coffee', files: { image: '/samples/coffee.jpg' } }],
  text,
  // Measured: one run of the model, and bringing the picture to its size.
  cost: ({ image }) => {
    const pixels = image.width * image.height
    return { seconds: 0.09 + pixels * 2e-9, bytes: 2 ** 27 + pixels * 4 }
  },
})
