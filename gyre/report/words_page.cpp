#include "gyre/report/words.hpp"

namespace gyre::report {

std::span<const Wording> page_words() {
  static constexpr Wording kWords[] = {
      {"page.title", "Two players who never meet", "永不相遇的两位玩家"},
      {"page.kicker", "A tour of Gyre", "Gyre 导览"},
      {"page.description",
       "A two-player game played by gradient steps, measured, explained and mended.",
       "用梯度法玩一个双人博弈：测量、解释，再找出有用的办法。"},
      {"page.lead",
       "One formula, {f}, and two players. {x} wants it small, {y} wants it large, and each of "
       "them "
       "follows its own gradient. There is a single point where both would come to rest. Here is "
       "the game, played step by step: why they never get to that point, why the same motion makes "
       "GANs hard to train, and which update rules do arrive.",
       "一个公式 {f}，两位玩家：{x} 希望它小，{y} "
       "希望它大，各自沿着自己的梯度走。能让双方都停下来的点只有一个。"
       "本页一步一步地玩这个博弈：他们为什么总到不了那里，为什么同样的运动让 GAN "
       "难以训练，又有哪些更新规则真的能到达。"},
      {"page.made",
       "Every number and every curve below was computed for this page, in {seconds.explore} "
       "seconds.",
       "下面每一个数、每一条曲线都是为本页现算的，用时 {seconds.explore} 秒。"},
      {"page.tile.growth",
       "is what every step multiplies the distance by, at {eta.is}. Predicted: "
       "{book.predicted}",
       "每走一步，距离就乘以这个数（{eta.is}）。预测值：{book.predicted}"},
      {"page.tile.doubling",
       "steps to double the distance when the step size is only {slowest.eta}. Predicted: "
       "{slowest.predicted}",
       "步长只有 {slowest.eta} 时，距离翻一倍需要的步数。预测值：{slowest.predicted}"},
      {"page.tile.settled",
       "update rules reach the middle from the same start, with the same step size",
       "种更新规则从同一起点、以同一步长出发，能走到中心"},
      {"page.of", "{settled} of {rules}", "{settled} / {rules}"},
      {"page.contents", "Contents", "目录"},
      {"page.figure", "Figure {number}.", "图 {number}。"},
      {"page.table", "Table {number}.", "表 {number}。"},
      {"page.files", "This figure as {svg}, {png}, and its numbers as {csv}",
       "本图文件：{svg}、{png}，数据 {csv}"},
      {"page.footer.title", "What was run", "运行记录"},
      {"page.footer.command", "Command", "命令"},
      {"page.footer.version", "Version", "版本"},
      {"page.footer.seed", "Seed", "随机种子"},
      {"page.footer.when", "Made", "生成时间"},
      {"page.footer.machine", "Machine", "机器"},
      {"page.footer.time", "Time taken", "用时"},
      {"page.footer.seconds", "{seconds.explore} s to play and measure, {seconds.draw} s to draw",
       "计算 {seconds.explore} 秒，绘图 {seconds.draw} 秒"},
      {"page.footer.numbers", "All numbers", "全部数字"},
      {"page.footer.precision",
       "double precision; the same seed gives the same numbers for any number of threads",
       "双精度；种子相同，数字就相同，与线程数无关"},
      {"page.footer.arithmetic", "Arithmetic", "算术"},
      {"page.footer.language", "Other language", "其他语言"},
      {"page.footer.other", "`gyre tour --lang zh` writes this page in Chinese (中文).",
       "`gyre tour --lang en` 可生成本页的英文版 (English)。"},

      {"keep.title", "What to keep", "记住这几点"},
      {"keep.1",
       "On {payoff} every plain simultaneous step multiplies the distance by {growth.formula}. "
       "That is more than 1 for every step size, and the same for every start.",
       "在 {payoff} 上，普通的同时更新每步都把距离乘以 "
       "{growth.formula}。不论步长多少，它都大于 1；不论从哪里出发，它都一样。"},
      {"keep.2",
       "Taking turns stops the growth and keeps the circling. That is a cycle, not a solution.",
       "轮流更新能止住增长，但止不住绕圈：那是循环，不是解。"},
      {"keep.3",
       "What arrives either looks ahead (extragradient, optimistic, lookahead), or bends the field "
       "towards the middle (consensus, symplectic adjustment, Hamiltonian), or leans back a little "
       "(negative momentum, in turns).",
       "真正能到达的规则，要么向前看一眼（外梯度、乐观梯度、前瞻），要么把场掰向中心（共识优化、"
       "辛梯度调整、哈密顿下降），要么稍稍往回拉（轮流更新加负动量）。"},
      {"keep.4",
       "Adam and its kin rescale a step and do not turn it inwards: on a rotation they end in a "
       "cycle, wide or narrow.",
       "Adam 一类的方法只是缩放步子，并不把它转向内侧：遇到旋转，最后都陷入或大或小的循环。"},
      {"keep.try", "Try it yourself", "自己动手"},
      {"keep.run", "plain steps: they run away", "普通的同时更新：越跑越远"},
      {"keep.helped", "one look ahead, and it settles", "向前看一眼，就收敛了"},
      {"keep.rules", "every rule, with its equations and papers", "全部规则，附公式与论文"},
      {"keep.games", "every game, with what is known about it", "全部博弈，附已知结论"},

      {"doing.landscape", "looking at the game", "观察博弈"},
      {"doing.play", "playing it by plain steps", "用普通梯度步来玩"},
      {"doing.starts", "trying other starts", "换个起点"},
      {"doing.rates", "waiting for small steps", "等小步长慢慢走"},
      {"doing.why", "asking why", "追问原因"},
      {"doing.rules", "trying the rules", "试各种规则"},
      {"doing.gan", "training the smallest GAN", "训练最小的 GAN"},
      {"doing.figures", "drawing {count} figures", "绘制 {count} 幅图"},

      {"done.growth",
       "growth a step at {eta.text}: measured {book.fitted}, predicted {book.predicted}",
       "{eta.text} 时每步增长：实测 {book.fitted}，预测 {book.predicted}"},
      {"done.doubling",
       "steps to double the distance at η = {slowest.eta}: measured {slowest.measured.plain}, "
       "predicted "
       "{slowest.predicted.plain}",
       "η = {slowest.eta} 时距离翻倍的步数：实测 {slowest.measured.plain}，预测 "
       "{slowest.predicted.plain}"},
      {"done.settled", "rules that settle at {saddle}: {settled} of {rules}",
       "收敛到 {saddle} 的规则：{settled} / {rules}"},

      {"verdict.settled", "settles", "收敛"},
      {"verdict.cycling", "circles", "循环"},
      {"verdict.diverged", "runs away", "发散"},
      {"verdict.not-finite", "overflows", "溢出"},
      {"verdict.spent", "undecided", "未定"},
      {"verdict.nearing", "nears, slowly", "缓慢靠近"},
      {"verdict.drifting", "drifts out", "缓慢漂离"},
  };
  return kWords;
}

}  // namespace gyre::report
