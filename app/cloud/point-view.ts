import {
  BufferAttribute,
  BufferGeometry,
  Matrix4,
  PerspectiveCamera,
  Points,
  Scene,
  Vector2,
  Vector3,
  WebGLRenderer,
} from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import { boundsOf, type PointCloud } from '../../core/cloud'
import { firstView } from './placement'
import { pointMaterial, setTint } from './point-material'

export interface Colors {
  readonly scene: string
  readonly chosen: string
  readonly others: string
}

/** A scene of points, and a model in it at any number of poses. Angles are radians, shifts are pixels of the screen. */
export interface PointView {
  /** @param poses 4×4 each, columns first, between the clouds' own coordinates */
  setPoses(poses: readonly (readonly number[])[], chosen: number): void
  show(layer: 'scene' | 'model', visible: boolean): void
  /** 1 closes the surface. */
  setPointSize(factor: number): void
  setColors(colors: Colors): void
  zoom(factor: number): void
  turn(right: number, up: number): void
  pan(right: number, down: number): void
  fit(): void
  resize(width: number, height: number): void
  dispose(): void
}

const FIELD_OF_VIEW = 35
const LIFT = 0.004 // of the scene's size
const STEEPEST = 0.05 // radians from straight up or down, where a turn would flip the picture
const MARGIN = 1.04

export function createPointView(
  canvas: HTMLCanvasElement,
  context: WebGL2RenderingContext,
  cloud: PointCloud,
  model: PointCloud | undefined,
): PointView {
  const renderer = new WebGLRenderer({ canvas, context })
  renderer.setClearAlpha(0)
  const { low, high, diagonal } = boundsOf(cloud)
  const middle = new Vector3(...low).add(new Vector3(...high)).multiplyScalar(0.5)
  const stage = new Scene()
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, diagonal / 100, diagonal * 20)
  const view = firstView(cloud)
  camera.up.set(...view.up)
  const controls = new OrbitControls(camera, canvas)
  controls.zoomToCursor = true

  const scenePoints = new Points(geometryOf(cloud), pointMaterial(spacingOf(cloud)))
  const modelGeometry = model && geometryOf(model)
  const materials = {
    scene: scenePoints.material,
    chosen: pointMaterial(model ? spacingOf(model) : 1, LIFT * diagonal),
    others: pointMaterial(model ? spacingOf(model) : 1, LIFT * diagonal),
  }
  const spacings = Object.values(materials).map(({ uniforms }) => uniforms.spacing.value as number)
  let models: Points[] = []
  let modelVisible = true
  stage.add(scenePoints)

  let frame = 0
  const draw = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => renderer.render(stage, camera))
  }
  const moved = () => {
    controls.update()
    draw()
  }
  controls.addEventListener('change', draw)

  const fit = () => {
    const half = (FIELD_OF_VIEW * Math.PI) / 360
    const narrow = Math.atan(Math.tan(half) * Math.min(1, camera.aspect))
    const distance = ((diagonal / 2) * MARGIN) / Math.sin(narrow)
    controls.target.copy(middle)
    camera.position.copy(middle).addScaledVector(new Vector3(...view.towards), distance)
    moved()
  }
  fit()

  return {
    setPoses: (poses, chosen) => {
      stage.remove(...models)
      models = modelGeometry ? poses.map((pose, i) => placed(modelGeometry, i === chosen, pose)) : []
      for (const one of models) one.visible = modelVisible
      if (models.length > 0) stage.add(...models)
      draw()
    },
    show: (layer, visible) => {
      if (layer === 'scene') scenePoints.visible = visible
      else modelVisible = visible
      for (const one of models) one.visible = modelVisible
      draw()
    },
    setPointSize: (factor) => {
      for (const [i, { uniforms }] of Object.values(materials).entries()) uniforms.spacing.value = spacings[i] * factor
      draw()
    },
    setColors: (colors) => {
      setTint(materials.scene, colors.scene)
      setTint(materials.chosen, colors.chosen)
      setTint(materials.others, colors.others)
      draw()
    },
    zoom: (factor) => {
      camera.position.sub(controls.target).divideScalar(factor).add(controls.target)
      moved()
    },
    turn: (right, up) => {
      const arm = camera.position.clone().sub(controls.target).applyAxisAngle(camera.up, -right)
      const angle = arm.angleTo(camera.up)
      const next = Math.min(Math.PI - STEEPEST, Math.max(STEEPEST, angle - up))
      arm.applyAxisAngle(camera.up.clone().cross(arm).normalize(), next - angle)
      camera.position.copy(controls.target).add(arm)
      moved()
    },
    pan: (right, down) => {
      const { y: height } = renderer.getSize(new Vector2())
      const away = camera.position.distanceTo(controls.target)
      const unit = (2 * away * Math.tan((FIELD_OF_VIEW * Math.PI) / 360)) / height
      const [x, y] = [new Vector3(), new Vector3()]
      camera.matrix.extractBasis(x, y, new Vector3())
      const shift = x.multiplyScalar(-right * unit).addScaledVector(y, down * unit)
      camera.position.add(shift)
      controls.target.add(shift)
      moved()
    },
    fit,
    resize: (width, height) => {
      renderer.setPixelRatio(Math.min(2, devicePixelRatio))
      renderer.setSize(width, height, false)
      camera.aspect = width / height
      camera.updateProjectionMatrix()
      const pixels = (height * renderer.getPixelRatio()) / (2 * Math.tan((FIELD_OF_VIEW * Math.PI) / 360))
      for (const { uniforms } of Object.values(materials)) uniforms.pixels.value = pixels
      draw()
    },
    dispose: () => {
      cancelAnimationFrame(frame)
      controls.dispose()
      for (const one of [scenePoints.geometry, modelGeometry, ...Object.values(materials)]) one?.dispose()
      renderer.dispose()
    },
  }

  function placed(geometry: BufferGeometry, isChosen: boolean, pose: readonly number[]): Points {
    const points = new Points(geometry, isChosen ? materials.chosen : materials.others)
    points.matrixAutoUpdate = false
    points.matrix = new Matrix4().fromArray(pose)
    return points
  }
}

function geometryOf({ positions, normals }: PointCloud): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(normals ?? new Float32Array(positions.length), 3))
  return geometry
}

/** About how far points are from their neighbours, and a little more: discs this wide close the surface. */
const spacingOf = (cloud: PointCloud) => (1.1 * boundsOf(cloud).diagonal) / Math.sqrt(cloud.count)
