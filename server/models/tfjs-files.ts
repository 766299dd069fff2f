import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Model } from '../../models/model'
import { literalModule } from './literal-module'
import { tfjsToOnnx } from './tfjs-to-onnx/convert'

/** Turns the fetched files of a `tfjs` model into the ONNX file that its entry names, in the same folder. */
export async function convertTfjs(folder: string, { tfjs, files }: Model): Promise<void> {
  if (!tfjs) return
  const [graph, ...shards] = await Promise.all(tfjs.files.map(({ name }) => readPart(join(folder, name))))
  const json = typeof graph === 'object' && !Buffer.isBuffer(graph) ? graph : JSON.parse(String(graph))
  const weights = shards.map((shard) => (Buffer.isBuffer(shard) ? shard : Buffer.from(String(shard), 'base64')))
  await writeFile(join(folder, files[0].name), tfjsToOnnx(json, weights, tfjs.conversion))
}

/** Some packages wrap the files in JavaScript: the graph as an object, shards as base64. They are read, never run. */
async function readPart(path: string): Promise<unknown> {
  return path.endsWith('.js') ? literalModule(await readFile(path, 'utf8')) : readFile(path)
}
