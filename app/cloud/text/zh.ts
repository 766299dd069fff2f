import type { Translated } from '../../text/dictionary'
import type { cloudEn } from './en'

export const cloudZh: Translated<typeof cloudEn> = {
  curveTitle: '每一步精配准的残差',
  moveModel: '各阶段的位姿',
  noWebgl: '此浏览器无法在这里显示三维（没有 WebGL）。这是运行生成的图片。',
  noWebglYet: '此浏览器无法在这里显示三维（没有 WebGL）。运行后会显示结果图片。',
  notCloud: '无法将 {name} 读取为点云。请选择 PLY 文件。',
  pointSize: '点的大小',
  points: { other: '{count} 个点' },
  pointsShown: '{shown} / {total} 个点',
  poseNumber: '位姿 {number}',
  poses: '位姿',
  poseScore: '可见 {score}，残差 {residual}',
  poseShown: '模型显示在第 {number} 个位姿，共 {count} 个。',
  readingPoints: '正在读取点…',
  solidHelp:
    '拖动旋转，右键或双指平移，滚轮或捏合缩放。按键：方向键旋转，Shift 加方向键平移，加号和减号缩放，0 适应窗口。',
  solidView: '{name} 的三维视图，{points} 个点。',
  stage_clustered: '聚类',
  stage_refined: '精配准',
  stage_verified: '验证',
  stage_voted: '投票',
  votesTitle: '最强各组的票数',
  whyThisPose: '为什么是这个位姿',
  zoomFitSolid: '适应场景',
}
