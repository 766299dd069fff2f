import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { text } from './text'

/** The highest `max_faces`: each face is a file among the results. */
const MOST_FACES = 100

const point = z.array(z.number()).length(2)

const face = z.object({
  x: z.number().meta({ title: 'X', description: 'Left edge in the photo, pixels', unit: 'px' }),
  y: z.number().meta({ title: 'Y', description: 'Top edge in the photo, pixels', unit: 'px' }),
  w: z.number().meta({ title: 'Width', description: 'Width, pixels', unit: 'px' }),
  h: z.number().meta({ title: 'Height', description: 'Height, pixels', unit: 'px' }),
  score: z.number().meta({ description: '0 to 1, how sure the finder is', unit: 'share' }),
  landmarks: z.array(point).length(5).meta({
    description:
      'Left eye, right eye, tip of the nose, left and right corner of the mouth, as the photo shows them: x and y in pixels',
  }),
  crop: z.string().meta({ description: 'The file among the results that shows this face aligned' }),
})

export type Face = z.infer<typeof face>

export const findFaces = defineSpec({
  id: 'find-faces',
  tool: 'find-faces',
  path: 'faces/find',
  title: 'Face finder',
  summary: 'Finds the faces in a photo and cuts each out, upright, as face networks expect it.',
  icon: 'users',
  job: 'faces',
  inputs: [{ name: 'image', kind: 'raster', title: 'Photo', help: 'A picture with any number of people' }],
  batch: 'image',
  params: z.object({
    threshold: z.number().min(0.3).max(0.99).default(0.9).meta({
      title: 'Lowest score',
      description: 'How sure the finder must be; lower finds more faces, and more that are none.',
      step: 0.01,
    }),
    detail: z.int().min(0).max(3).default(1).meta({
      title: 'Detail',
      description:
        'How often the photo is cut finer to look for small faces. 0 finds faces from 1/20 of the width; each step halves that, and takes four times as long.',
    }),
    max_faces: z.int().min(1).max(MOST_FACES).default(50).meta({
      title: 'Most faces',
      description: 'How many of the surest faces to return.',
    }),
    margin: z.number().min(0).max(1).default(0).meta({
      title: 'Room around',
      description:
        'Space left on each side of an aligned face, as a share of its side; 0 is what face networks expect.',
      step: 0.05,
    }),
  }),
  result: z.object({
    faces_found: z.int().meta({ description: 'Also those that max_faces leaves out of the list' }),
    model: z.string().meta({ description: 'The model that looked for faces' }),
    faces: z.array(face).meta({ description: 'Surest first, at most max_faces' }),
  }),
  models: ['face-detection', 'face-landmarks'],
  artefacts: [{ name: 'face', title: 'Face', many: true, next: 'embed-face' }],
  layers: [{ kind: 'boxes', field: 'faces', title: 'Faces' }],
  live: [],
  samples: [{ title: 'An astronaut', files: { image: '/samples/portrait.jpg' } }],
  text,
  // Measured: one look takes 25 ms, cutting it out 2 ns per pixel; a level adds up to 9, 49 and 225 looks.
  cost: ({ image }, { detail }) => {
    const pixels = image.width * image.height
    const looks = Math.min(LOOKS[Number(detail)], 1 + pixels / 20_000)
    return { seconds: 0.05 + looks * 0.025 + pixels * 8e-9, bytes: SESSION_BYTES + pixels * 6 }
  },
})

const LOOKS = [1, 10, 59, 284]
const SESSION_BYTES = 2 ** 26
