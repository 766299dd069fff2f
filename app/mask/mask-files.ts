import type { Mask } from '../../core/mask/mask'
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
  if (!slot.foundBy || !size) return undefined
  const { runner, findTool } = await loadRunner()
  const { spec } = findTool(slot.foundBy.tool)
  const { files } = await runner.run({
    spec,
    files: { [spec.batch]: file },
    params: spec.params.parse({}),
    mode: mode.get(),
    batch: 1,
    signal: NEVER,
    onProgress: () => {},
  })
  const found = files.find(({ name }) => baseName(name) === slot.foundBy?.artefact)
  return found && (await maskWork.read(found.blob, size)).mask
}

/** How many pictures are of another size than the first. */
export async function otherSizes([first, ...rest]: readonly Item[]): Promise<number> {
  const all = [first, ...rest]
  const sizes = await fileSizes(Object.fromEntries(all.map(({ picture }) => [picture.id, picture.file])))
  const own = sizes[first.picture.id]
  return rest.filter(({ picture: { id } }) => sizes[id].width !== own.width || sizes[id].height !== own.height).length
}
