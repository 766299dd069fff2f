import type { Mask } from '../../core/mask/mask'
import type { Slot } from '../../core/operator'
import { fileSizes } from '../../workers/file-sizes'
import { maskWork } from '../../workers/mask-client'
import { baseName, save } from '../export/save'
import { loadRunner } from '../run/load-runner'
import { mode } from '../state/preferences'
import type { Item } from '../state/session'
import type { MaskEditor } from './use-mask-editor'

/** Saves the mask beside its picture: `photo-mask.png`, white where it is marked. */
export async function exportMask({ mask, file, slot }: MaskEditor): Promise<void> {
  if (mask) save(await maskWork.write(mask), `${baseName(file.name)}-${slot.name}.png`)
}

/** @returns the size that the file had, where the picture has another and it was fitted */
export async function importMask(
  editor: MaskEditor,
  file: Blob,
): Promise<{ width: number; height: number } | undefined> {
  const { size } = editor
  if (!size) return undefined
  const { mask, was } = await maskWork.read(file, size)
  editor.change(mask)
  return was.width === size.width && was.height === size.height ? undefined : was
}

const NEVER = new AbortController().signal

/** Asks the tool that finds such masks. @returns undefined when it found nothing */
export async function findMask({ slot, file, size }: MaskEditor): Promise<Mask | undefined> {
  const found = await findFor(slot, [file])
  return found && size && (await maskWork.read(found, size)).mask
}

/** Asks the tool that finds what several pictures share, from as many of them as it takes. */
export async function findShared(slot: Slot, files: readonly File[]): Promise<File | undefined> {
  if (files.length < (slot.foundBy?.pictures ?? Number.POSITIVE_INFINITY)) return undefined
  const found = await findFor(slot, files)
  return found && new File([found], `${slot.name}.png`, { type: found.type })
}

async function findFor({ foundBy }: Slot, pictures: readonly File[]): Promise<Blob | undefined> {
  if (!foundBy) return undefined
  const { runner, findTool } = await loadRunner()
  const { spec } = findTool(foundBy.tool)
  const { files } = await runner.run({
    spec,
    files: Object.fromEntries(spec.inputs.slice(0, pictures.length).map(({ name }, i) => [name, pictures[i]])),
    params: spec.params.parse({ ...foundBy.params }),
    mode: mode.get(),
    batch: 1,
    signal: NEVER,
    onProgress: () => {},
  })
  return files.find(({ name }) => baseName(name) === foundBy.artefact)?.blob
}

/** How many pictures are of another size than the first. */
export async function otherSizes([first, ...rest]: readonly Item[]): Promise<number> {
  const all = [first, ...rest]
  const sizes = await fileSizes(Object.fromEntries(all.map(({ picture }) => [picture.id, picture.file])))
  const own = sizes[first.picture.id]
  return rest.filter(({ picture: { id } }) => sizes[id].width !== own.width || sizes[id].height !== own.height).length
}
