import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Поиск поверхности',
    summary: 'Находит в 3D-скане, где стоит предмет и как он повёрнут.',
    labels: {
      model_file: 'Модель',
      scene_file: 'Сцена',
      pose: 'Модель в сцене',
      'The object to look for: PLY with normals': 'Предмет, который искать: PLY с нормалями',
      'Where to look: PLY with normals': 'Где искать: PLY с нормалями',
      poses_found: 'Найдено поз',
      num_model_points: 'Точек в модели',
      num_scene_points: 'Точек в сцене',
      icp_residual: 'Невязка',
      score: 'Видно',
      agreement: 'Сходится с видом',
      residual: 'Невязка',
      votes: 'Голоса',
      'Teapot on a crowded table': 'Чайник на заставленном столе',
    },
    params: {
      relative_sampling_step: {
        title: 'Шаг выборки',
        help: 'Расстояние между точками выборки в долях размера модели; меньше — точнее и медленнее.',
      },
      relative_distance_step: {
        title: 'Шаг расстояний',
        help: 'Насколько точно различаются расстояния между точками, в долях размера модели.',
      },
      num_angles: { title: 'Углы', help: 'Насколько точно различаются углы: частей полного оборота.' },
      use_icp: { title: 'Уточнять', help: 'Точно подгонять каждую позу по всем точкам (ICP).' },
      icp_tolerance: {
        title: 'Порог уточнения',
        help: 'Уточнение прекращается, когда расстояние меняется меньше чем на эту долю.',
      },
      icp_iterations: { title: 'Наибольшее число шагов', help: 'Сколько шагов может занять уточнение.' },
      estimate_normals: {
        title: 'Вычислить нормали',
        help: 'Найти нормали по соседним точкам, если в файле их нет.',
      },
    },
  },
  zh: {
    title: '曲面匹配',
    summary: '在三维扫描中找到物体的位置和朝向。',
    labels: {
      model_file: '模型',
      scene_file: '场景',
      pose: '场景中的模型',
      'The object to look for: PLY with normals': '要查找的物体：带法线的 PLY',
      'Where to look: PLY with normals': '要在其中查找的场景：带法线的 PLY',
      poses_found: '找到的位姿',
      num_model_points: '模型点数',
      num_scene_points: '场景点数',
      icp_residual: '残差',
      score: '可见',
      agreement: '与视图吻合',
      residual: '残差',
      votes: '票数',
      'Teapot on a crowded table': '杂乱桌面上的茶壶',
    },
    params: {
      relative_sampling_step: { title: '采样步长', help: '采样点间距，相对于模型尺寸；越小越精细，也越慢。' },
      relative_distance_step: { title: '距离步长', help: '点间距离的区分精度，相对于模型尺寸。' },
      num_angles: { title: '角度数', help: '角度的区分精度：一整圈分成多少份。' },
      use_icp: { title: '精配准', help: '用全部点精确拟合每个位姿（ICP）。' },
      icp_tolerance: { title: '精配准容差', help: '当距离的相对变化小于此值时停止。' },
      icp_iterations: { title: '最多迭代次数', help: '精配准最多进行多少步。' },
      estimate_normals: { title: '估计法线', help: '文件没有法线时，由相邻点计算法线。' },
    },
  },
}
