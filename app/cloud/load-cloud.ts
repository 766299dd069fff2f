'use client'
import { useEffect, useState } from 'react'
import type { PointCloud } from '../../core/cloud'
import { loadRunner } from '../run/load-runner'

const MOST_POINTS = 200_000 // what a phone still turns smoothly
const clouds = new WeakMap<File, Promise<PointCloud>>()

/** Read in a worker, once per file. */
function cloudOf(file: File): Promise<PointCloud> {
  const known = clouds.get(file)
  if (known) return known
  const cloud = loadRunner().then(({ runner }) => runner.cloud(file, MOST_POINTS))
  clouds.set(file, cloud)
  return cloud
}

interface Loaded {
  readonly file: File
  /** Undefined when the file cannot be read. */
  readonly cloud: PointCloud | undefined
}

/** @returns the points of the file; 'unreadable' when it has none; undefined while they are read */
export function useCloud(file: File | undefined): PointCloud | 'unreadable' | undefined {
  const [loaded, setLoaded] = useState<Loaded>()
  useEffect(() => {
    if (!file) return
    let current = true
    const tell = (cloud?: PointCloud) => current && setLoaded({ file, cloud })
    cloudOf(file).then(tell, () => tell())
    return () => {
      current = false
    }
  }, [file])
  if (!loaded || loaded.file !== file) return undefined
  return loaded.cloud ?? 'unreadable'
}
