// Inpainting: what each engine makes of holes whose content is known, beside OpenCV's two methods and a published network;
// what it takes by size of picture and hole; a run from file to file beside the engine alone.
//
//     npm run bench inpaint [quality] [speed] [throughput]
//
// PHOTOS and PLACES (pictures), SIDES (512,1024 …) and ENGINES (classic,net …) make it shorter; SHEETS is a folder for the pictures. What lies only
// beside the repository, or is not installed, is left out with a word.
import { printQuality } from './inpaint-quality'
import { printSpeed } from './inpaint-speed'
import { printThroughput } from './inpaint-throughput'

const PARTS = { quality: printQuality, speed: printSpeed, throughput: printThroughput }

const asked = process.argv.slice(2)
for (const [name, print] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n# ${name}`)
  await print()
}
process.exit() // models would keep it alive
