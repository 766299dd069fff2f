import { Color, LinearSRGBColorSpace, ShaderMaterial } from 'three'

const VERTEX = `
uniform float spacing;
uniform float pixels;
uniform float lift;
varying float shade;
const vec3 LIGHT = vec3(-0.351, 0.501, 0.791);
void main() {
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  vec3 away = normalize(-seen.xyz);
  vec3 facing = mat3(modelViewMatrix) * normal;
  float cosine = abs(dot(facing, away)) > 0.0 ? max(0.0, sign(dot(facing, away)) * dot(facing, LIGHT)) : 0.7;
  shade = 0.4 + 0.58 * cosine + 0.16 * pow(cosine, 24.0);
  seen.xyz += away * lift;
  gl_Position = projectionMatrix * seen;
  gl_PointSize = clamp(spacing * pixels / -seen.z, 1.5, 64.0);
}`

const FRAGMENT = `
uniform vec3 tint;
varying float shade;
void main() {
  vec2 off = gl_PointCoord - 0.5;
  if (dot(off, off) > 0.25) discard;
  gl_FragColor = vec4(tint * shade, 1.0);
}`

/**
 * Points as discs that close to a surface, lit from the upper left; both sides are lit, since clouds do not always agree
 * on which is out.
 *
 * @param spacing width of a disc, in units of the cloud
 * @param lift how far the points are moved towards the viewer, so that one cloud wins where two coincide
 */
export function pointMaterial(spacing: number, lift = 0): ShaderMaterial {
  const uniforms = {
    spacing: { value: spacing },
    pixels: { value: 1 },
    lift: { value: lift },
    tint: { value: new Color(1, 1, 1) },
  }
  return new ShaderMaterial({ uniforms, vertexShader: VERTEX, fragmentShader: FRAGMENT })
}

/** @param css as the page writes it, and as it is to appear on the screen */
export const setTint = ({ uniforms }: ShaderMaterial, css: string): void =>
  void uniforms.tint.value.setStyle(css, LinearSRGBColorSpace)
