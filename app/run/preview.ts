import { loadRunner } from './load-runner'

const previews = new WeakMap<File, Promise<Blob>>()

/** What to draw for a file that the browser cannot draw itself; decoded in a worker, once per file. */
export function previewOf(file: File): Promise<Blob> {
  const known = previews.get(file)
  if (known) return known
  const preview = loadRunner().then(({ runner }) => runner.preview(file))
  previews.set(file, preview)
  return preview
}
