#include "gyre/report/words.hpp"

namespace gyre::report {

std::span<const Wording> gan_words() {
  static constexpr Wording kWords[] = {
      {"gan.title", "The smallest GAN", "最小的 GAN"},
      {"gan.setup",
       "Let all data sit at the point 0. The generator has one number, the place {theta} where it "
       "puts its samples; the discriminator has one number too, the slope {psi} of a line through "
       "0. With the usual logistic loss the game is {theta} down and {psi} up on",
       "设全部数据都在点 0。生成器只有一个数，即它放置样本的位置 {theta}；判别器也只有一个数，"
       "即过原点的直线的斜率 {psi}。用通常的逻辑损失，博弈就是 {theta} 下降、{psi} 上升："},
      {"gan.source",
       "This is the Dirac-GAN of Mescheder, Geiger and Nowozin (2018). Its solution is "
       "{gan.solution}: the samples are the data, and the discriminator has no opinion.",
       "这就是 Mescheder、Geiger 和 Nowozin（2018）的 Dirac-GAN。它的解是 "
       "{gan.solution}：样本就是数据，判别器没有意见。"},
      {"gan.rotation",
       "Near that point the field's eigenvalues are {gan.eigenvalues}. No real part, so it is our "
       "game again: a pure rotation. Two remedies are well known. *R1* charges the discriminator "
       "for its slope, {gan.penalty}; consensus optimisation changes the rule and not the loss.",
       "在解的附近，场的特征值是 "
       "{gan.eigenvalues}。没有实部，所以又是我们的博弈：纯旋转。常用的办法有两个：*R1* "
       "对判别器的斜率收费，{gan.penalty}；共识优化则不改损失，只改规则。"},
      {"gan.caption",
       "Left: generator against discriminator, from {gan.start} with {gan.eta.is}. Right: distance "
       "to the solution. Without help the GAN circles, at once or in turns; with R1 or consensus "
       "it "
       "arrives.",
       "左：生成器与判别器的轨迹，从 {gan.start} 出发，{gan.eta.is}。右：到解的距离。不加处理，GAN "
       "不论同时还是轮流更新都在绕圈；加上 R1 或共识优化，就能到达。"},
      {"gan.table",
       "The factor on the distance a step, predicted at the solution and measured close to it; and "
       "what became of the run from {gan.start}.",
       "每步距离的倍数：在解处的预测与在解附近的实测；以及从 {gan.start} 出发的结果。"},
      {"gan.column.variant", "variant", "变体"},
      {"gan.column.predicted", "predicted", "预测"},
      {"gan.column.measured", "measured", "实测"},
      {"gan.column.verdict", "verdict", "结论"},
      {"gan.column.steps", "steps", "步数"},
      {"gan.column.distance", "distance at the end", "最终距离"},
      {"gan.real",
       "A real GAN has millions of numbers on each side, and much of its field is not rotation. "
       "But "
       "the part that rotates is there, and the same remedies are used against it.",
       "真实的 GAN "
       "每一方有几百万个数，场也不全是旋转。但旋转的部分确实存在，对付它用的也是这些办法。"},

      {"gan.name", "no help, at once", "不处理，同时更新"},
      {"gan-alternating.name", "no help, in turns", "不处理，轮流更新"},
      {"gan-r1.name", "R1 penalty, {gamma} = {r1.gamma}", "R1 惩罚，{gamma} = {r1.gamma}"},
      {"gan-conopt.name", "consensus optimisation", "共识优化"},
  };
  return kWords;
}

}  // namespace gyre::report
