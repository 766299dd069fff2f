import {
  BufferAttribute,
  BufferGeometry,
  Matrix4,
  PerspectiveCamera,
  Points,
  Scene,
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
  setModel(model: PointCloud): void
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
  /** This share of the width at the right, or of the height at the top, lies under something else: show beside it. */
  cover(right: number, top: number): void
  dispose(): void
}

const FIELD_OF_VIEW = 35
const LIFT = 2 // times the distance between the scene's points: hides those of the scene that the model covers
const STEEPEST = 0.05 // radians from straight up or down, where a turn would flip the picture
const MARGIN = 1.06
// Discs that close the surface, in units of the distance between points: scans lie on a grid, models are often random.
const SCENE_DISC = 1.25
const MODEL_DISC = 2
const HALF_VIEW = Math.tan((FIELD_OF_VIEW * Math.PI) / 360)

export function createPointView(
  canvas: HTMLCanvasElement,
  context: WebGL2RenderingContext,
  cloud: PointCloud,
): PointView {
  const renderer = new WebGLRenderer({ canvas, context })
  renderer.setClearAlpha(0)
  const { low, high, diagonal } = boundsOf(cloud)
  const middle = new Vector3(...low).add(new Vector3(...high)).multiplyScalar(0.5)
  const room = { width: 1, height: 1, right: 0, top: 0 }
  const stage = new Scene()
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, diagonal / 100, diagonal * 20)
  const view = firstView(cloud)
  camera.up.set(...view.up)
  const controls = new OrbitControls(camera, canvas)
  controls.zoomToCursor = true

  const scenePoints = new Points(geometryOf(cloud), pointMaterial(1))
  let modelGeometry: BufferGeometry | undefined
  const materials = {
    scene: scenePoints.material,
    chosen: pointMaterial(1, LIFT * spacingOf(cloud)),
    others: pointMaterial(1, LIFT * spacingOf(cloud)),
  }
  const spacings = { scene: SCENE_DISC * spacingOf(cloud), model: 1 }
  let pointSize = 1
  let models: Points[] = []
  let modelVisible = true
  stage.add(scenePoints)
  materials.scene.uniforms.spacing.value = spacings.scene

  let frame = 0
  let fitted = true
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
    const towards = new Vector3(...view.towards)
    const right = new Vector3(...view.up).cross(towards).normalize()
    const free = { width: room.width * (1 - room.right), height: 1 - room.top }
    const axes = [right, towards.clone().cross(right), towards]
    const distance = distanceThatShows(cloud, middle, axes, free.width / room.height, free.height)
    controls.target.copy(middle)
    camera.position.copy(middle).addScaledVector(towards, distance * MARGIN)
    fitted = true
    moved()
  }
  const frameView = () => {
    camera.aspect = room.width / room.height
    const [x, y] = [(room.width * room.right) / 2, (-room.height * room.top) / 2]
    camera.setViewOffset(room.width, room.height, x, y, room.width, room.height)
    if (fitted) fit()
    else draw()
  }
  controls.addEventListener('start', () => {
    fitted = false
  })

  const resizePoints = () => {
    materials.scene.uniforms.spacing.value = spacings.scene * pointSize
    for (const { uniforms } of [materials.chosen, materials.others]) uniforms.spacing.value = spacings.model * pointSize
    draw()
  }

  return {
    setModel: (model) => {
      modelGeometry?.dispose()
      modelGeometry = geometryOf(model)
      spacings.model = MODEL_DISC * spacingOf(model)
      resizePoints()
    },
    setPoses: (poses, chosen) => {
      const geometry = modelGeometry
      stage.remove(...models)
      models = geometry ? poses.map((pose, i) => placed(geometry, i === chosen, pose)) : []
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
      pointSize = factor
      resizePoints()
    },
    setColors: (colors) => {
      setTint(materials.scene, colors.scene)
      setTint(materials.chosen, colors.chosen)
      setTint(materials.others, colors.others)
      draw()
    },
    zoom: (factor) => {
      fitted = false
      camera.position.sub(controls.target).divideScalar(factor).add(controls.target)
      moved()
    },
    turn: (right, up) => {
      fitted = false
      const arm = camera.position.clone().sub(controls.target).applyAxisAngle(camera.up, -right)
      const angle = arm.angleTo(camera.up)
      const next = Math.min(Math.PI - STEEPEST, Math.max(STEEPEST, angle - up))
      arm.applyAxisAngle(camera.up.clone().cross(arm).normalize(), next - angle)
      camera.position.copy(controls.target).add(arm)
      moved()
    },
    pan: (right, down) => {
      fitted = false
      const unit = (2 * camera.position.distanceTo(controls.target) * HALF_VIEW) / room.height
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
      Object.assign(room, { width, height })
      const pixels = (height * renderer.getPixelRatio()) / (2 * HALF_VIEW)
      for (const { uniforms } of Object.values(materials)) uniforms.pixels.value = pixels
      frameView()
    },
    cover: (right, top) => {
      Object.assign(room, { right, top })
      frameView()
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

/**
 * @param axes right, up and towards the viewer, unit length
 * @param width of what may be used, in heights of the view
 * @param height likewise
 */
function distanceThatShows(
  { positions }: PointCloud,
  middle: Vector3,
  [right, up, towards]: readonly Vector3[],
  width: number,
  height: number,
): number {
  const point = new Vector3()
  let distance = 0
  for (let i = 0; i < positions.length; i += 3) {
    point.fromArray(positions, i).sub(middle)
    const across = Math.max(Math.abs(point.dot(right)) / width, Math.abs(point.dot(up)) / height)
    distance = Math.max(distance, across / HALF_VIEW + point.dot(towards))
  }
  return distance
}

function geometryOf({ positions, normals }: PointCloud): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(normals ?? new Float32Array(positions.length), 3))
  return geometry
}

/** About how far points are from their neighbours. */
const spacingOf = (cloud: PointCloud) => boundsOf(cloud).diagonal / Math.sqrt(cloud.count)
