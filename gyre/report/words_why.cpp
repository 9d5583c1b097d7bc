#include "gyre/report/words.hpp"

namespace gyre::report {

std::span<const Wording> why_words() {
  static constexpr Wording kWords[] = {
      {"why.title", "Why they never meet", "为什么永不相遇"},
      {"why.map", "A step is a matrix", "一步就是一个矩阵"},
      {"why.matrix",
       "The update is linear, so one step is one matrix, the derivative of the new point with "
       "respect to the old one:",
       "更新是线性的，所以一步就是一个矩阵，即新点对旧点的导数："},
      {"why.eigenvalues",
       "At {eta.is} its eigenvalues are {eigenvalues}. Their length, {radius}, is what a step does "
       "to the distance; their angle, {angle}°, is how far it turns. Real part one and an "
       "imaginary "
       "part beside it: for every step size, large or small, they lie *outside* the unit circle. "
       "That is the whole reason.",
       "取 {eta.is}，它的特征值是 {eigenvalues}。其模 {radius} 就是每步距离的倍数，辐角 {angle}° "
       "就是每步转过的角度。实部是一，旁边又有虚部：不论步长大小，它们总在单位圆*之外*"
       "。原因就这么简单。"},
      {"why.caption.circle",
       "Left: the largest eigenvalue of one step as the step size grows from 0 to {eta.most}, for "
       "four rules; all start at 1. Plain steps leave the unit circle at once, alternating ones "
       "walk along it, extragradient and optimistic ones go inside. Right: its length. Below 1 the "
       "players arrive; optimistic steps have a largest step size, seen at the right edge.",
       "左：步长从 0 增大到 {eta.most} 时，四种规则一步的最大特征值如何移动，都从 1 出发。"
       "普通同时更新立刻离开单位圆，交替更新沿着圆走，外梯度和乐观梯度走进圆内。右：特征值的模；"
       "小于 1，玩家就能到达；乐观梯度的步长有上限，见右侧边缘。"},
      {"why.turns", "Taking turns keeps something", "轮流更新，守住了一个量"},
      {"why.kept",
       "Let {x} move first and let {y} see where it went. That small change of order, and "
       "the growth is gone: {kept.formula} stays what it was. Over {steps} updates it changed by "
       "at most "
       "{drift.step} of itself in a step, which is the rounding of the last digit. The path is an "
       "ellipse, between {reach.low} and {reach.high} away from the saddle for ever.",
       "让 {x} 先走，{y} 看清它到了哪里再走。就这一点差别，增长消失了：{kept.formula} "
       "保持不变。{steps} "
       "次更新里，它每步的相对变化最多 "
       "{drift.step}，只是末位的舍入误差。轨迹是一个椭圆，到鞍点的距离永远在 {reach.low} 与 "
       "{reach.high} 之间。"},
      {"why.better",
       "Better than running away, but still no arrival. GANs are usually trained in turns, and "
       "this "
       "is one reason why they tend to circle rather than to explode.",
       "这比跑远要好，但仍然到不了。GAN "
       "通常就是轮流训练的，这也是它们多半绕圈而不是爆炸的原因之一。"},
      {"why.caption.kept",
       "Left: the same start, both at once and in turns, first {kept.drawn} updates. Right: the "
       "squared distance grows without end in the first case and swings in the second one, while "
       "{kept.formula} is a level line.",
       "左：同一起点，同时更新与轮流更新的前 {kept.drawn} "
       "步。右：前者的距离平方不断增长，后者来回摆动，"
       "而 {kept.formula} 是一条水平线。"},
      {"why.shared", "An ordinary network is different", "普通网络为什么没事"},
      {"why.shared.text",
       "The layers of a classifier have no quarrel: they all descend *one* loss. Give both players "
       "the same loss, {shared.loss}, and the matrix of their field is symmetric. Its eigenvalues "
       "are real, {shared.low} and {shared.high}, and there is nothing to go round. From "
       "{book.start}, with "
       "{eta.is}, the rules that fail above do well.",
       "分类器的各层之间没有争执：它们降低的是*同一个*损失。让两位玩家共用一个损失 "
       "{shared.loss}，场的矩阵就是对称的，特征值都是实数 "
       "{shared.low} 和 {shared.high}，也就没有什么可绕的。仍从 {book.start} 出发，取 "
       "{eta.is}，上面失败的规则这里都很好。"},
      {"why.shared.table",
       "The same rules with one shared loss and with two opposed ones; in small figures, the "
       "distance to the solution at the end.",
       "同样的规则：共用一个损失，与两个对立的损失；小字是最终到解的距离。"},
      {"why.shared.column.rule", "rule", "规则"},
      {"why.shared.column.shared", "one shared loss", "共用一个损失"},
      {"why.shared.column.opposed", "opposed losses, {payoff}", "对立的损失 {payoff}"},
      {"why.shared.moral",
       "So it is no contradiction that Adam trains a classifier well and leaves a GAN circling. It "
       "is the game that differs.",
       "所以，Adam 能训好分类器，却让 GAN 打转，并不矛盾：不同的是博弈本身。"},
  };
  return kWords;
}

}  // namespace gyre::report
