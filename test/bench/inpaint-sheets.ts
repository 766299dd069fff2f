import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { benchEngines } from './inpaint-engines'
import { fillBy } from './inpaint-quality'
import { heldOut, hidden, places, type Scene } from './inpaint-scenes'
import { sheetOf, tileOf } from './sheet'

const FOLDER = resolve(process.env.SHEETS ?? '.build/sheets')
const EACH = 4 // pictures of each kind of hole

/** A sheet for each engine: picture with its hole, and the same filled, side by side. For the eye. */
export async function printSheets(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const scenes = await chosen()
  for (const engine of await benchEngines()) {
    const pairs = []
    for (const { image, mask } of scenes) {
      pairs.push([await tileOf(hidden(image, mask)), await tileOf(await fillBy(engine, image, mask))])
    }
    const file = join(FOLDER, `inpaint-${engine}.png`)
    await sheetOf(pairs.flat()).toFile(file)
    console.log(file)
  }
}

async function chosen(): Promise<Scene[]> {
  const scenes: Scene[] = []
  for (const source of [heldOut(), places()]) {
    for await (const scene of source)
      if (scenes.filter(({ kind }) => kind === scene.kind).length < EACH) scenes.push(scene)
  }
  return scenes.sort((a, b) => a.kind.localeCompare(b.kind))
}
