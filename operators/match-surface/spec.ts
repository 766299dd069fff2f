import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { text } from './text'

const matrix = z.array(z.array(z.number()).length(4)).length(4)

const pose = z.object({
  matrix: matrix.meta({ description: '4×4, rows first: carries model coordinates into scene coordinates' }),
  score: z
    .number()
    .meta({ title: 'Visible', unit: 'share', description: '0 to 1, share of the whole model that lies on the scene' }),
  agreement: z.number().nullable().meta({
    title: 'Fits the view',
    unit: 'share',
    description: '0 to 1, share that fits of what the camera should see of the model; null without a single camera',
  }),
  residual: z
    .number()
    .meta({ title: 'Residual', description: 'Root mean square distance from the scene, model units' }),
  votes: z.number().meta({ title: 'Votes' }),
  stages: z.object({ voted: matrix, clustered: matrix, verified: matrix }).meta({
    description: 'The pose as it was voted for, averaged with those that agree, and settled on the sampled scene',
  }),
})

export const matchSurface = defineSpec({
  id: 'match-surface',
  tool: 'surface',
  path: 'match/surface',
  title: 'Surface matching',
  summary: 'Finds where an object stands, and how it is turned, in a 3D scan.',
  icon: 'box',
  job: 'find',
  home: 'server',
  inputs: [
    { name: 'model_file', kind: 'cloud', title: 'Model', help: 'The object to look for: PLY with normals' },
    { name: 'scene_file', kind: 'cloud', title: 'Scene', help: 'Where to look: PLY with normals' },
  ],
  batch: 'scene_file',
  params: z.object({
    relative_sampling_step: z.number().min(0.01).max(0.5).default(0.05).meta({
      title: 'Sampling step',
      description: "Distance between sampled points, relative to the model's size; smaller is finer and slower.",
      step: 0.005,
    }),
    relative_distance_step: z.number().min(0.01).max(0.5).default(0.05).meta({
      title: 'Distance step',
      description: "How finely distances between points are told apart, relative to the model's size.",
      step: 0.005,
    }),
    num_angles: z.int().min(1).max(360).default(30).meta({
      title: 'Angles',
      description: 'How finely angles are told apart: parts of a full turn.',
    }),
    use_icp: z.boolean().default(true).meta({
      title: 'Refine',
      description: 'Fit each pose closely to all points (ICP).',
    }),
    icp_tolerance: z.number().gt(0).max(1000).default(0.005).meta({
      title: 'Refinement tolerance',
      description: 'Stops refining when the distance changes by less than this share.',
      step: 0.001,
    }),
    icp_iterations: z.int().min(1).max(1000).default(100).meta({
      title: 'Most refinement steps',
      description: 'How many steps the refinement may take.',
    }),
    estimate_normals: z.boolean().default(false).meta({
      title: 'Estimate normals',
      description: 'Work out normals from neighbouring points for a file that has none.',
    }),
  }),
  result: z.object({
    pose: matrix.nullable().meta({ description: 'The best pose; null when the object was not found' }),
    poses_found: z
      .int()
      .meta({ title: 'Poses found', description: 'Poses that the scene confirms; 0 when the object is absent' }),
    num_model_points: z.int().meta({ title: 'Points of the model' }),
    num_scene_points: z.int().meta({ title: 'Points of the scene' }),
    icp_residual: z.number().nullable().meta({ title: 'Residual', description: 'Of the best pose, in model units' }),
    poses: z.array(pose).meta({ description: 'Best first' }),
    votes: z.array(z.number()).meta({ description: 'Votes of the strongest groups of poses that were examined' }),
    icp_curve: z.array(z.number()).meta({ description: 'Residual of the best pose at each refinement step' }),
  }),
  found: 'poses_found',
  artefacts: [{ name: 'pose', title: 'Model in the scene' }],
  layers: [],
  live: [],
  samples: [
    {
      title: 'Teapot on a crowded table',
      files: { model_file: '/samples/teapot.ply', scene_file: '/samples/table.ply' },
      pictures: { model_file: '/samples/teapot.webp', scene_file: '/samples/table.webp' },
    },
  ],
  text,
  cost: ({ model_file, scene_file }, params) => {
    // Sizes of clouds are points × 1. A finer step asks more of both clouds, up to the limit on model points.
    const finer = (0.05 / Number(params.relative_sampling_step)) ** 2
    const points = (model_file.width * model_file.height + scene_file.width * scene_file.height) * 1e-6
    return { seconds: 0.3 + 3 * points + 0.3 * Math.min(25, finer), bytes: 6e7 + points * 1e8 }
  },
})
