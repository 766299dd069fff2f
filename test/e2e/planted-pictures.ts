export interface Planted {
  /** Of the origin's own file system. */
  readonly folder: string
  /** Pictures that show something of their own: `000.jpg` … */
  readonly scenes: number
  /** How many of the scenes, from the first, have copies. */
  readonly copied: number
  /** How many copies each of those has, at most six: `trips/000-mirrored.jpg` … */
  readonly perScene: number
  /** Whether there is a `broken.jpg` that is no picture. */
  readonly broken?: boolean
}

/** Fills a folder with drawn pictures and edited copies of some. Runs in the page, so it refers to nothing outside. */
export async function plantPictures({ folder, scenes, copied, perScene, broken = false }: Planted): Promise<void> {
  const [WIDTH, HEIGHT] = [192, 144]
  const root = await navigator.storage.getDirectory()
  const directory = await root.getDirectoryHandle(folder, { create: true })
  const trips = await directory.getDirectoryHandle('trips', { create: true })

  const write = async (into: FileSystemDirectoryHandle, name: string, content: Blob | string) => {
    const writable = await (await into.getFileHandle(name, { create: true })).createWritable()
    await writable.write(content)
    await writable.close()
  }
  const canvasOf = (width: number, height: number, draw: (pen: OffscreenCanvasRenderingContext2D) => void) => {
    const canvas = new OffscreenCanvas(width, height)
    const pen = canvas.getContext('2d')
    if (pen) draw(pen)
    return canvas
  }
  const seeded = (seed: number) => () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }

  /** A sky, hills, and things of all kinds in front, each scene with colours and places of its own. */
  const scene = (number: number) => {
    const random = seeded(number * 7919 + 13)
    for (let i = 0; i < 9; i++) random()
    const tone = random() * 360
    const color = () => `hsl(${tone + random() * 160} ${20 + random() * 70}% ${10 + random() * 80}%)`
    return canvasOf(WIDTH, HEIGHT, (pen) => {
      const sky = pen.createLinearGradient(0, 0, random() * WIDTH, HEIGHT)
      sky.addColorStop(0, color())
      sky.addColorStop(1, color())
      pen.fillStyle = sky
      pen.fillRect(0, 0, WIDTH, HEIGHT)
      for (let i = 0; i < 14 + random() * 40; i++) {
        pen.fillStyle = color()
        const [x, y, size] = [random() * WIDTH, random() * HEIGHT, 4 + random() ** 2 * 60]
        pen.beginPath()
        if (random() < 0.4) pen.ellipse(x, y, size, size * (0.3 + random()), random() * 3, 0, 6.3)
        else
          for (let k = 0; k < 3 + random() * 4; k++)
            pen.lineTo(x + (random() - 0.5) * size * 2, y + (random() - 0.5) * size * 2)
        pen.fill()
      }
      for (let i = 0; i < 5; i++) {
        pen.fillStyle = color()
        pen.font = `${8 + random() * 30}px serif`
        const letters = Array.from({ length: 4 }, () => String.fromCharCode(65 + random() * 26)).join('')
        pen.fillText(letters, random() * WIDTH * 0.8, random() * HEIGHT)
      }
    })
  }

  const edits = {
    mirrored: (from: OffscreenCanvas) =>
      canvasOf(WIDTH, HEIGHT, (pen) => {
        pen.scale(-1, 1)
        pen.drawImage(from, -WIDTH, 0)
      }),
    smaller: (from: OffscreenCanvas) => canvasOf(144, 108, (pen) => pen.drawImage(from, 0, 0, 144, 108)),
    cropped: (from: OffscreenCanvas) => canvasOf(160, 120, (pen) => pen.drawImage(from, -16, -10)),
    turned: (from: OffscreenCanvas) =>
      canvasOf(HEIGHT, WIDTH, (pen) => {
        pen.rotate(Math.PI / 2)
        pen.drawImage(from, 0, -HEIGHT)
      }),
    overlaid: (from: OffscreenCanvas) =>
      canvasOf(WIDTH, HEIGHT, (pen) => {
        pen.drawImage(from, 0, 0)
        pen.fillStyle = '#fff'
        pen.fillRect(0, HEIGHT - 24, WIDTH, 24)
        pen.fillStyle = '#000'
        pen.font = 'bold 18px sans-serif'
        pen.fillText('LOOK AT THIS', 12, HEIGHT - 6)
      }),
    recolored: (from: OffscreenCanvas) =>
      canvasOf(WIDTH, HEIGHT, (pen) => {
        pen.filter = 'brightness(1.15) contrast(0.85)'
        pen.drawImage(from, 0, 0)
      }),
  }

  const kinds = Object.entries(edits)
  for (let number = 0; number < scenes; number++) {
    const original = scene(number)
    const name = String(number).padStart(3, '0')
    await write(directory, `${name}.jpg`, await original.convertToBlob({ type: 'image/jpeg', quality: 0.92 }))
    for (let copy = 0; number < copied && copy < perScene; copy++) {
      const [edit, make] = kinds[(number * perScene + copy) % kinds.length]
      const content = await make(original).convertToBlob({ type: 'image/jpeg', quality: 0.8 })
      await write(trips, `${name}-${edit}.jpg`, content)
    }
  }
  if (broken) await write(directory, 'broken.jpg', 'This is no picture.')
}
