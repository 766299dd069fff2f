// Plates: how many are found and how exactly, on photos that training never saw, by the tool's own search beside a peer;
// what a batch takes beside the bare model; memory; what tiles cost; what the second look flags; a batch on the page.
//
//     npm run bench plates [recall] [again] [cpu] [speed] [memory] [tiles] [page]
//
// PHOTOS, ROUNDS and EVERY (each n-th labelled photo) make it shorter; RATE is the false alarms allowed per photo.
//
// DARKROOM_PLATES is a folder with labels.jsonl and photos as models/training/README.md describes it; PEER an ONNX file of
// HyperLPR's y5fu at 640 pixels. Both default to what lies beside the repository; without them that part is left out. PAGE is
// the address of a running server, http://127.0.0.1:8080 unless told otherwise.
import { printAgain } from './plates-again'
import { printProcessorTime } from './plates-cpu'
import { printMemory } from './plates-memory'
import { printPage } from './plates-page'
import { printRecall } from './plates-recall'
import { printSpeed } from './plates-speed'
import { printTiles } from './plates-tiles'

const PARTS = {
  recall: printRecall,
  again: printAgain,
  cpu: printProcessorTime,
  speed: printSpeed,
  memory: printMemory,
  tiles: printTiles,
  page: printPage,
}

const asked = process.argv.slice(2)
for (const [name, print] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n# ${name}`)
  await print()
}
process.exit() // models and pools would keep it alive
