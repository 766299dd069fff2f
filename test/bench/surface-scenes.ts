import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OrientedPoints } from '../../core/cloud'

export interface SceneInfo {
  readonly id: string
  readonly model: string
  readonly kind: 'half' | 'view' | 'clutter'
  /** Of the model's diameter. */
  readonly noise: number
  /** Length of the diagonal of the model's box. */
  readonly diag: number
  /** Row-major 4×4, model to scene. */
  readonly gt: readonly number[]
  /** Other models that stand in it. */
  readonly others: readonly string[]
}

export interface SceneSet {
  readonly name: string
  readonly folder: string
  readonly models: readonly string[]
  readonly scenes: readonly SceneInfo[]
}

const MODELS = ['para', 'bunny', 'rocker', 'cheb', 'ogre', 'spot', 'fandisk', 'igea']

// The generator keeps what else is in a scene to itself, and makes its hard scenes of no models; both are needed here.
const AMENDMENTS = [
  ['const meta=[];', 'let used=[];const meta=[];'],
  ['const list=[{m,R:R0,t:t0,id:0}];', 'const list=[{m,R:R0,t:t0,id:0}];used=[];'],
  ['list.push({m:prep(o),', 'used.push(o);list.push({m:prep(o),'],
  ['meta.push({id,', "meta.push({others:kind=='clutter'?used:[],id,"],
  ['const names=SPL[split]', `const names=${JSON.stringify(MODELS)}`],
] as const

/** Writes the scenes of a split (`dev`, `mid`, `hard`) into `folder`, the same every time. */
export function generate(shared: string, folder: string, name: string): SceneSet {
  mkdirSync(join(folder, name), { recursive: true })
  let script = readFileSync(join(shared, 'generate.mjs'), 'utf8')
  for (const [from, to] of AMENDMENTS) {
    if (!script.includes(from)) throw new Error(`generate.mjs has changed: "${from}" is gone`)
    script = script.replace(from, to)
  }
  writeFileSync(join(folder, 'generate.mjs'), script)
  copyFileSync(join(shared, 'common.mjs'), join(folder, 'common.mjs'))
  execFileSync('node', [join(folder, 'generate.mjs'), join(folder, name), name], { cwd: shared })
  const { scenes } = JSON.parse(readFileSync(join(folder, name, 'meta.json'), 'utf8'))
  return { name, folder: join(folder, name), models: MODELS, scenes }
}

/** x y z nx ny nz as 32-bit floats. */
export function readPoints(file: string): OrientedPoints {
  const bytes = readFileSync(file)
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const count = values.length / 6
  const part = (from: number) =>
    Float32Array.from({ length: count * 3 }, (_, k) => values[Math.floor(k / 3) * 6 + from + (k % 3)])
  return { count, positions: part(0), normals: part(3) }
}

export const modelFile = ({ folder }: SceneSet, model: string) => join(folder, `model_${model}.f32`)
export const sceneFile = ({ folder }: SceneSet, { id }: SceneInfo) => join(folder, `${id}.f32`)
