/** Words of XMP that say where a picture was taken, in whichever of its namespaces. */
const POSITION = /GPS(Latitude|Longitude|Altitude|Dest|Position|Map)|Location|:(City|State|Country)|geo:/i

/** Pictures inside, earlier versions, and the pointer to a second block that is not read. */
const EMBEDDED =
  /xmp:Thumbnails|xmpGImg:|photoshop:(History|DocumentAncestors)|HasExtendedXMP|GImage:|GDepth:|Container:/i

/** Whether an XMP block says where the picture was taken. */
export const tellsPosition = (xmp: string): boolean => POSITION.test(xmp)

/**
 * An XMP block for a picture whose pixels lie upright.
 *
 * @returns undefined for one that may hold what was covered, or the position where that is not to be kept: such a block
 *   is dropped as a whole, since what is left of it could not be trusted
 */
export function cleanXmp(xmp: string, { position }: { readonly position: boolean }): string | undefined {
  if (EMBEDDED.test(xmp) || (!position && tellsPosition(xmp))) return undefined
  return xmp.replaceAll(/(tiff:Orientation\s*=\s*["'])\d/g, '$11').replaceAll(/(<tiff:Orientation>\s*)\d/g, '$11')
}
