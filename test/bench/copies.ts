// Copies: how often an edited picture is found again by PDQ alone, by the embedding alone and by the whole cascade, and how
// often the cascade errs; how well its probabilities hold; how long the index takes; how the time to find candidates in a
// folder grows with its pictures; what a picture takes beside its models.
//
//     npm run bench copies [edits] [cascade] [calibrate] [index] [groups] [throughput]
//
// EVERY takes each n-th picture of the edit set, SAMPLE each n-th edit for the cascade, SIZES the vectors of the index
// (10000,100000), DATABASES pglite and postgres, GROUPED the pictures of a folder (10000,30000,100000), IMAGES those that
// are indexed. The pictures are in ../shared/data or DARKROOM_DATA; PYTHON edits them (OpenCV, NumPy), or EDITS names a
// folder where write_edits.py has put them.
import { printCalibration } from './copies-calibrate'
import { printCascade } from './copies-cascade'
import { printEdits } from './copies-edits'
import { printGroups } from './copies-groups'
import { printIndex } from './copies-index'
import { printThroughput } from './copies-throughput'

const PARTS = {
  edits: printEdits,
  cascade: printCascade,
  calibrate: printCalibration,
  index: printIndex,
  groups: printGroups,
  throughput: printThroughput,
}

const asked = process.argv.slice(2)
for (const [name, print] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n# ${name}`)
  await print()
}
process.exit() // models and databases would keep it alive
