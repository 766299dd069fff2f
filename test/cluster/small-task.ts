import sharp from 'sharp'
import { seeded } from '../support'

const WIDTH = 96
const HEIGHT = 64
const SIDE = 16
const STEP = 8

/** A small picture, a piece of it, and where that lies. */
export interface SmallTask {
  readonly image: Blob
  readonly template: Blob
  readonly x: number
  readonly y: number
}

/** Template matching that takes milliseconds. `i` says where the piece is cut from, so that answers cannot be mixed up. */
export async function smallTask(i: number): Promise<SmallTask> {
  const random = seeded(11)
  const noise = Buffer.from(Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, () => random() * 256))
  const picture = sharp(noise, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
  const columns = (WIDTH - SIDE) / STEP
  const rows = (HEIGHT - SIDE) / STEP
  const [x, y] = [(i % columns) * STEP, (Math.floor(i / columns) % rows) * STEP]
  const piece = picture.clone().extract({ left: x, top: y, width: SIDE, height: SIDE })
  const [image, template] = await Promise.all([picture.png().toBuffer(), piece.png().toBuffer()])
  return { image: new Blob([new Uint8Array(image)]), template: new Blob([new Uint8Array(template)]), x, y }
}

export interface Listed {
  readonly uid: string
  readonly status: string
  readonly attempts: number
  readonly error: string | null
  readonly result_files: readonly string[]
  readonly result_data: { readonly matches?: readonly { readonly x: number; readonly y: number }[] }
}

/** @throws Error where the server cannot be reached or refuses */
export async function postSmallTask(address: string, { image, template }: SmallTask): Promise<string> {
  const form = new FormData()
  form.append('image', image, 'screen.png')
  form.append('template', template, 'icon.png')
  const response = await fetch(`${address}/api/v1/match/template`, { method: 'POST', body: form })
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`)
  const { uid }: Listed = await response.json()
  return uid
}

const PAGE = 200

/** Every task that the server has, newest first. */
export async function listTasks(address: string): Promise<Listed[]> {
  const listed: Listed[] = []
  for (;;) {
    const response = await fetch(`${address}/api/v1/tasks?limit=${PAGE}&offset=${listed.length}`)
    const { tasks, total }: { tasks: Listed[]; total: number } = await response.json()
    listed.push(...tasks)
    if (tasks.length < PAGE || listed.length >= total) return listed
  }
}
