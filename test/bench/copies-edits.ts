import { cosineLikeness, type Figures, figuresOf, pdqLikeness, printTable } from './copies-figures'
import { readEditSet } from './copies-set'

/** How well each stage alone tells an edited picture's original from every other picture. */
export async function printEdits(): Promise<void> {
  const set = await readEditSet('measured')
  if (!set) return
  console.log(`${set.edited.length} edits of ${set.originals.length} pictures whose sources were never trained on`)
  const [hash, embedding] = [figuresOf(set, pdqLikeness), figuresOf(set, cosineLikeness)]
  const line = (title: string, figure: (of: Figures) => number) => [title, figure(hash), figure(embedding)]
  printTable(
    ['', 'PDQ, eight orientations', 'embedding'],
    [
      line('top-1', ({ top1 }) => top1),
      line('recall at 1e-3', ({ recall }) => recall),
      line('threshold', ({ threshold }) => threshold),
      ...Object.keys(hash.byEdit).map((edit) => line(`recall, ${edit}`, (of) => of.byEdit[edit])),
    ],
  )
}
