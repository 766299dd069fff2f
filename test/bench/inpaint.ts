// Inpainting: what each engine makes of holes whose content is known, beside OpenCV's two methods and a published network;
// what it takes by size of picture and hole; a run from file to file beside the engine alone.
//
//     npm run bench inpaint [quality] [sizes] [speed] [throughput] [sheets]
//
// PHOTOS and PLACES (pictures), SIDES (512,1024 …) and ENGINES (classic,net …) make it shorter. `sheets` draws the holes and
// what each engine fills in, into .build/sheets or the folder SHEETS, where `quality` leaves its pictures too. What lies
// only beside the repository, or is not installed, is left out with a word.
import { printQuality } from './inpaint-quality'
import { printSheets } from './inpaint-sheets'
import { printSizes } from './inpaint-sizes'
import { printSpeed } from './inpaint-speed'
import { printThroughput } from './inpaint-throughput'

const PARTS = {
  quality: printQuality,
  sizes: printSizes,
  speed: printSpeed,
  throughput: printThroughput,
  sheets: printSheets,
}

const asked = process.argv.slice(2)
for (const [name, print] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n# ${name}`)
  await print()
}
process.exit() // models would keep it alive
