import type { StoredFile } from './engine'

/** Reads the files of the documentation pages; each host has its own way to them. */
export interface Assets {
  /** @param name a bare file name, such as `swagger-ui.css`; undefined when there is none */
  open(name: string): Promise<StoredFile | undefined>
}
