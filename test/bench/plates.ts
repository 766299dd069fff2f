// Plates: how many are found and how exactly, on photos that training never saw, by the tool's own search beside a peer;
// what a batch takes beside the bare model; memory; what tiles cost.
//
//     npm run bench plates [recall] [speed] [memory] [tiles]
//
// PHOTOS, ROUNDS and EVERY (each n-th labelled photo) make it shorter; RATE is the false alarms allowed per photo.
//
// DARKROOM_PLATES is a folder with labels.jsonl and photos as models/training/README.md describes it; PEER an ONNX file of
// HyperLPR's y5fu at 640 pixels. Both default to what lies beside the repository; without them that part is left out.
import { printMemory } from './plates-memory'
import { printRecall } from './plates-recall'
import { printSpeed } from './plates-speed'
import { printTiles } from './plates-tiles'

const PARTS = { recall: printRecall, speed: printSpeed, memory: printMemory, tiles: printTiles }

const asked = process.argv.slice(2)
for (const [name, print] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n# ${name}`)
  await print()
}
process.exit() // models and pools would keep it alive
