#include "gyre/report/words.hpp"

namespace gyre::report {

std::span<const Wording> rule_words() {
  static constexpr Wording kWords[] = {
      {"rules.title", "What helps", "什么有用"},
      {"rules.intro",
       "Here are {rules} rules on the same game, from the same start {book.start}, with the same "
       "{eta.is}. A rule is a pipe: stages that change the field, then a scheme that moves the "
       "point, then what is wrapped round it.",
       "{rules} 种规则，同一个博弈，同一起点 "
       "{book.start}，同样的 {eta.is}。一条规则就是一条管道：先是改变场的环节，再是移动点的格式，"
       "最后是外面的包装。"},
      {"rules.prediction",
       "*Predicted* is the length of the largest eigenvalue of the whole step, memory included, at "
       "the saddle. *Measured* is the factor on the distance a step, fitted to the later half of a "
       "run of at most {trial.steps} steps. Where a step has no derivative at the saddle (RMSProp "
       "and Adam divide by the size of the gradient) or never stops changing (a running mean), "
       "there is no such number and none is given.",
       "*预测*是整个一步（连同记忆）在鞍点处的最大特征值的模。*实测*是每步距离的倍数，"
       "由至多 {trial.steps} 步的运行的后半段拟合得到。如果一步在鞍点处没有导数（RMSProp 和 Adam "
       "要除以梯度的大小），或者一直在变（累积平均），这个数就不存在，也就不列出。"},
      {"rules.table",
       "Every rule at {eta.is}. Calls are evaluations of the whole field in a step, products those "
       "with its Jacobian.",
       "全部规则，{eta.is}。“场”是每步计算整个场的次数，“积”是与雅可比矩阵相乘的次数。"},
      {"rules.column.rule", "rule", "规则"},
      {"rules.column.calls", "calls", "场"},
      {"rules.column.products", "products", "积"},
      {"rules.column.predicted", "predicted", "预测"},
      {"rules.column.measured", "measured", "实测"},
      {"rules.column.verdict", "verdict", "结论"},
      {"rules.column.steps", "steps", "步数"},
      {"rules.column.distance", "distance at the end", "最终距离"},
      {"rules.agree",
       "Wherever there is a prediction, the measured factor differs from it by at most "
       "{worst.gap}. {settled} of {rules} rules settle.",
       "凡有预测之处，实测与预测最多相差 {worst.gap}。{rules} 种规则里有 {settled} 种收敛。"},
      {"rules.best",
       "The one that shrinks the distance most in a step is {best.step} ({best.step.rate}). For "
       "its "
       "work, a field call or a product each counting one, it is {best.work} ({best.work.rate}).",
       "每步缩得最多的是{best.step}（{best.step.rate}"
       "）；按工作量算（计算一次场、做一次乘积各算一份），"
       "则是{best.work}（{best.work.rate}）。"},
      {"rules.best.both",
       "The one that shrinks the distance most in a step is {best.step} ({best.step.rate}), and it "
       "is also the best for its work ({best.work.rate} for each field call or product).",
       "每步缩得最多的是{best.step}（{best.step.rate}）；按工作量算也是它最好"
       "（每次计算场或乘积 {best.work.rate}）。"},
      {"rules.caution",
       "This is one game with one step size, and a ranking here is no ranking elsewhere. What "
       "carries over is the pattern: who turns the spiral inwards, and by which idea.",
       "这只是一个博弈、一种步长，此处的名次不能照搬到别处。能带走的是规律：谁能让螺线向内转，靠的"
       "是什么想法。"},
      {"rules.caption.distances",
       "Distance to the saddle against work: field calls and Jacobian products together. The grey "
       "line, the same in every panel, is plain steps. Last panel: measured against predicted "
       "factors; on the diagonal they agree.",
       "到鞍点的距离与工作量（计算场与雅可比乘积合计）的关系。每格中的灰线都是普通同时更新。"
       "最后一格：实测与预测的倍数，落在对角线上就是一致。"},
      {"rules.caption.paths",
       "The paths of what each rule reports, for the same work; all begin at the ring. Axes are "
       "the "
       "same everywhere, so what leaves the frame has left it.",
       "各规则所报告的点的轨迹，工作量相同，都从圆环出发。坐标轴处处相同，跑出边框的就是真的跑了出"
       "去。"},
      {"rules.each", "One by one", "逐个来看"},

      {"gda.name", "Simultaneous steps", "同时更新"},
      {"gda.says", "The rule of this page: both at once, each down its own slope. It spirals out.",
       "本页的规则：双方同时沿各自的坡走。向外旋。"},
      {"alternating.name", "Alternating steps", "交替更新"},
      {"alternating.says", "In turns: {y} already sees where {x} went. It circles for ever.",
       "轮流走：{y} 已经看到 {x} 去了哪里。永远绕圈。"},
      {"extragradient.name", "Extragradient", "外梯度"},
      {"extragradient.says",
       "A trial step, then the real one with the gradient found there. It costs two calls and "
       "spirals in.",
       "先试走一步，再用那里的梯度走真正的一步。每步两次计算，向内旋。"},
      {"optimistic.name", "Optimistic steps", "乐观梯度"},
      {"optimistic.says",
       "Guesses the next gradient from the last two: twice this one less the one before. The same "
       "gain for one call.",
       "用最近两次的梯度猜下一次：两倍的这次减去上次。只要一次计算，效果相当。"},
      {"scale.name", "Two time scales", "双时间尺度"},
      {"scale.says",
       "{y} moves five times as fast. On a pure rotation that only stretches the spiral.",
       "让 {y} 快五倍。对纯旋转而言，只是把螺线拉扁。"},
      {"conopt.name", "Consensus optimisation", "共识优化"},
      {"conopt.says",
       "Adds a pull towards points where nobody wants to move: the gradient of half the squared "
       "field.",
       "再加一个拉力，拉向谁都不想动的地方：场的平方一半的梯度。"},
      {"sga.name", "Symplectic adjustment", "辛梯度调整"},
      {"sga.says", "Turns the field by its own rotating part until it points inwards.",
       "用场自身的旋转部分去掰它，直到指向内侧。"},
      {"hgd.name", "Hamiltonian descent", "哈密顿下降"},
      {"hgd.says",
       "Forgets who wants what and descends the squared field alone. Straight to the middle here, "
       "and elsewhere to critical points of any kind.",
       "不管谁想要什么，只降低场的平方。在这里直奔中心；在别处，任何临界点都会吸引它。"},
      {"momentum.name", "Momentum, positive", "正动量"},
      {"momentum.says", "Keeps half of the last move. On a rotation that is a push outwards.",
       "保留上一步的一半。在旋转中，这等于往外推。"},
      {"negative-momentum.name", "Momentum, negative, in turns", "负动量，轮流"},
      {"negative-momentum.says",
       "Takes half of the last move back, and the players alternate. It arrives, slowly.",
       "退回上一步的一半，并且轮流走。能到，但慢。"},
      {"nesterov.name", "Nesterov and extragradient", "Nesterov 加外梯度"},
      {"nesterov.says",
       "Momentum alone pushes outwards. With a trial step that turns the spiral, a little of it "
       "speeds things up.",
       "单用动量会往外推。先用试探步把螺线掰向内侧，再加一点动量，反而更快。"},
      {"rmsprop.name", "RMSProp", "RMSProp"},
      {"rmsprop.says",
       "Divides by the recent size of the gradient, so steps never get small: a wide cycle.",
       "除以近期梯度的大小，步子不会变小：一个很大的圈。"},
      {"adam.name", "Adam, as for GANs", "Adam（GAN 常用设置）"},
      {"adam.says",
       "{beta1} = {adam.beta1}, {beta2} = {adam.beta2}. It ends in a cycle as wide as the step "
       "size "
       "says.",
       "{beta1} = {adam.beta1}，{beta2} = {adam.beta2}。最后陷入循环，圈的大小由步长决定。"},
      {"adam-usual.name", "Adam, as for classifiers", "Adam（分类器常用设置）"},
      {"adam-usual.says",
       "{beta1} = {adam-usual.beta1}, {beta2} = {adam-usual.beta2}, the usual defaults. It goes "
       "far "
       "out before it circles.",
       "{beta1} = {adam-usual.beta1}，{beta2} = "
       "{adam-usual.beta2}，通常的默认值。先跑出很远，再绕圈。"},
      {"optimistic-adam.name", "Optimistic Adam", "乐观 Adam"},
      {"optimistic-adam.says",
       "Adam's direction with an optimistic step: a smaller cycle at this fixed step size.",
       "Adam 的方向加乐观步：在固定步长下，圈变小了。"},
      {"extra-adam.name", "Extra-Adam", "外推 Adam"},
      {"extra-adam.says",
       "Adam's direction with a trial step: a smaller cycle still. It needs a falling step size to "
       "arrive.",
       "Adam 的方向加试探步：圈更小。要到达，还得让步长逐渐变小。"},
      {"lookahead.name", "Lookahead", "前瞻"},
      {"lookahead.says",
       "Five plain steps ahead, then half the way back, both players together. The spiral turns "
       "inwards.",
       "先普通地走五步，再退回一半，双方一起。螺线转而向内。"},
      {"average-gda.name", "Mean of simultaneous steps", "同时更新取平均"},
      {"average-gda.says", "The mean of a spiral that widens widens too.",
       "越旋越大的螺线，平均之后还是越来越大。"},
      {"average.name", "Mean of alternating steps", "交替更新取平均"},
      {"average.says",
       "The mean of a circle is its middle: the error falls like one over the number of steps.",
       "圆的平均就是圆心：误差按步数的倒数下降。"},
      {"ema.name", "Moving average, in turns", "滑动平均，轮流"},
      {"ema.says", "A mean that forgets: the circle shrinks by a fixed factor and then stays.",
       "会遗忘的平均：圈缩小一个固定的倍数，然后不再变。"},
  };
  return kWords;
}

}  // namespace gyre::report
