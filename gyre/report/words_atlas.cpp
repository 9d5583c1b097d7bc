#include "gyre/report/words.hpp"

namespace gyre::report {

std::span<const Wording> atlas_words() {
  static constexpr Wording kWords[] = {
      {"atlas.kicker", "The atlas of Gyre", "Gyre 图谱"},
      {"atlas.title", "Which rule for which game?", "哪种规则适合哪个博弈？"},
      {"atlas.description",
       "Every learning rule on every game: what the theory foretells, what was measured, and where "
       "the two part.",
       "每一种学习规则在每一个博弈上：理论预言什么、实测如何、两者在哪里不一致。"},
      {"atlas.lead",
       "{rules} update rules play {games} games, each pair from {starts} starts. A cell says what "
       "came of it. Before that, the derivative of the rule's own step was taken at the game's "
       "critical points, which foretells where it can arrive and how quickly. Foresight and "
       "measurement stand side by side.",
       "{rules} 种更新规则玩 {games} 个博弈，每一对都从 {starts} 个起点出发，每一格就是结果。"
       "在此之前，先在博弈的临界点处对规则自身的一步求导，由此预言它能到达哪里、有多快。"
       "预言与实测并列在这里。"},
      {"atlas.tile.cells", "cells: a rule on a game. In {undefined} more the rule is not defined",
       "格：一种规则在一个博弈上。另有 {undefined} 格规则没有定义"},
      {"atlas.tile.solved", "of these end at an equilibrium from every start",
       "的格子从每个起点都到达均衡"},
      {"atlas.tile.agree",
       "of the cells where the theory speaks, it says what was then measured ({agree} of "
       "{compared})",
       "的格子里预言与实测一致（在理论有话可说的 {compared} 格中有 {agree} 格）"},
      {"atlas.tile.rates", "of the foretold rates are within a tenth of the measured ones",
       "的预言速率与实测相差不到一成"},
      {"atlas.grid", "The grid", "总表"},
      {"atlas.grid.lead",
       "Rules are rows, games are columns. Choose what the colours show; point at a cell for its "
       "numbers, and follow it to its figures.",
       "行是规则，列是博弈。选择颜色表示什么；指向一格可看数字，点开可看图。"},
      {"atlas.grid.plain",
       "Rules are rows, games are columns. Choose what the colours show; point at a cell for its "
       "numbers. This is the quick form: the full one also draws every cell.",
       "行是规则，列是博弈。选择颜色表示什么；指向一格可看数字。"
       "这是快速版，完整版还会为每一格画图。"},
      {"atlas.view", "Colours show", "颜色表示"},
      {"atlas.view.m", "what happened", "实测结果"},
      {"atlas.view.t", "what was foretold", "理论预言"},
      {"atlas.view.c", "whether they agree", "是否一致"},
      {"atlas.view.s", "how quickly", "快慢"},
      {"atlas.view.y", "cycles that catch", "陷入环"},
      {"atlas.order", "Order", "排序"},
      {"atlas.order.name", "by name", "按名称"},
      {"atlas.order.solved", "by what is solved", "按解决的多少"},
      {"atlas.find", "Find", "查找"},
      {"atlas.find.hint", "rule or game", "规则或博弈"},
      {"atlas.corner", "rule ╲ game", "规则 ╲ 博弈"},
      // What happened.
      {"atlas.m.solved", "ends at an equilibrium", "到达均衡"},
      {"atlas.m.other", "stands still where there is none", "停在非均衡处"},
      {"atlas.m.cycling", "cycles", "循环"},
      {"atlas.m.diverged", "runs away", "发散"},
      {"atlas.m.spent", "still on its way", "仍在途中"},
      {"atlas.m.note",
       "The mark is what most starts did. The green part of a cell is the share of starts that end "
       "at an equilibrium.",
       "符号表示大多数起点的结果；格中绿色部分是到达均衡的起点所占的比例。"},
      {"atlas.none", "not defined on this game", "在此博弈上没有定义"},
      // What was foretold.
      {"atlas.t.attracts", "a critical point attracts", "有临界点吸引"},
      {"atlas.t.neutral", "neither attracts nor repels", "不吸引也不排斥"},
      {"atlas.t.repels", "every critical point repels", "所有临界点都排斥"},
      {"atlas.t.silent", "the theory is silent", "理论没有说法"},
      {"atlas.t.note",
       "From the spectral radius of the rule's step at the critical points: below one it attracts. "
       "Adam and its kind have no slope there, and running means no fixed memory: of these the "
       "spectrum says nothing.",
       "依据规则的一步在临界点处的谱半径：小于一则吸引。Adam 一类在那里没有导数，"
       "滑动平均没有固定的记忆，谱对它们没有说法。"},
      // Whether they agree.
      {"atlas.c.agree", "as foretold", "与预言一致"},
      {"atlas.c.rate", "as foretold, at another rate", "一致但速率不同"},
      {"atlas.c.missed", "attracts, but no start arrives", "吸引，却没有起点到达"},
      {"atlas.c.unforetold", "starts settle, unforetold", "未预言却停下"},
      {"atlas.c.beside", "otherwise, right beside a point", "临界点旁与预言相反"},
      {"atlas.c.open", "nothing to compare", "无可比较"},
      // How quickly.
      {"atlas.s.note", "Field calls until a start has settled, the median of those that did.",
       "起点停下所用的场求值次数，取停下者的中位数。"},
      {"atlas.s.up", "up to {calls}", "不超过 {calls}"},
      {"atlas.s.more", "more", "更多"},
      {"atlas.s.none", "no start settles", "没有起点停下"},
      // Cycles.
      {"atlas.y.caught", "stays on the cycle", "留在环上"},
      {"atlas.y.some", "some starts come off", "部分起点脱离"},
      {"atlas.y.free", "comes off and settles", "脱离并停下"},
      {"atlas.y.away", "comes off, but does not settle", "脱离但不停下"},
      {"atlas.y.none", "no such cycle in this game", "此博弈没有这样的环"},
      {"atlas.y.note",
       "Starts on a cycle that the gradient flow is drawn to although no critical point lies on "
       "it.",
       "起点取在梯度流的吸引环上，而环上没有临界点。"},
      // Rules.
      {"atlas.rules", "The rules, by what they solve", "规则：按解决的多少排序"},
      {"atlas.rules.lead",
       "At their default parameters, which are sensible for nobody in particular: a rule that is "
       "low here may do well once its step size fits the game. A rule that is defined on few games "
       "is ranked on those few.",
       "均用默认参数，这些参数并未为任何博弈特别挑选：排名低的规则，步长合适时可能很好。"
       "只在少数博弈上有定义的规则，只按那些博弈排名。"},
      {"atlas.rules.tuned",
       "Each rule at the step size whose spectral radius is least at the point to be found; at its "
       "default where the theory names none. The other parameters are defaults.",
       "每种规则都用在目标点处谱半径最小的步长；理论给不出时用默认值。其他参数均为默认值。"},
      {"atlas.column.rule", "Rule", "规则"},
      {"atlas.column.defined", "Games", "博弈"},
      {"atlas.column.all", "Solved", "解决"},
      {"atlas.column.share", "Starts", "起点"},
      {"atlas.column.calls", "Field calls", "求值次数"},
      {"atlas.column.cycles", "Off cycles", "脱离环"},
      {"atlas.column.agree", "As foretold", "如预言"},
      {"atlas.rules.caption",
       "*Games* on which the rule is defined; of these *solved* from every start; the share of all "
       "*starts* that end at an equilibrium; the median of *field calls* until they do; starts "
       "that "
       "come *off cycles*; and the share of cells that are *as foretold*.",
       "*博弈*：规则有定义的博弈数；*解决*：其中从每个起点都到达均衡的；*起点*"
       "：到达均衡的起点比例；"
       "*求值次数*：所需次数的中位数；*脱离环*：从环上脱离的起点；*如预言*"
       "：与预言一致的格子比例。"},
      // Games.
      {"atlas.games", "The games, by how many rules solve them", "博弈：按解决它的规则多少排序"},
      {"atlas.games.lead",
       "A game that few rules solve is a good test; one that all solve is none.",
       "很少规则能解的博弈才是好的试金石；人人能解的则不是。"},
      {"atlas.column.game", "Game", "博弈"},
      {"atlas.column.formula", "Formula", "公式"},
      {"atlas.column.points", "Critical points", "临界点"},
      {"atlas.column.solvedby", "Solved by", "解决它的规则"},
      {"atlas.of", "{part} of {whole}", "{part} / {whole}"},
      {"atlas.dash", "–", "–"},
      // Cycles.
      {"atlas.cycles", "Cycles that catch", "捕获起点的环"},
      {"atlas.cycles.lead",
       "In {count} of the games with two variables the gradient flow ends on a closed path with no "
       "critical point on it. A rule that follows the flow closely is caught there, from wherever "
       "it comes. Below, {starts} starts on each of these cycles: how many the rule keeps there.",
       "在 {count} 个双变量博弈中，梯度流会落到一条没有临界点的闭路上。"
       "紧跟梯度流的规则无论从哪里来都会陷入其中。下表在每个这样的环上取 {starts} "
       "个起点，看规则把多少个留在环上。"},
      {"atlas.cycles.caption",
       "Starts that are still on the cycle, and where the others went: ✓ settled, ↗ ran away, · "
       "elsewhere.",
       "仍留在环上的起点，以及其余的去向：✓ 停下，↗ 发散，· 其他。"},
      {"atlas.cycles.free", "Rules that come off every cycle and settle: {names}.",
       "能脱离所有环并停下的规则：{names}。"},
      {"atlas.cycles.nobody", "No rule comes off every cycle and settles.",
       "没有一种规则能脱离所有环并停下。"},
      // Disagreements.
      {"atlas.part", "Where theory and measurement part", "理论与实测不一致之处"},
      {"atlas.part.lead",
       "The spectrum speaks of what happens close to a critical point and in the end. Starts are "
       "anywhere, and the budget is finite. So most differences teach something about the game; "
       "the first kind below would be the one to worry about.",
       "谱说的是临界点附近、最终会怎样；而起点可以在任何地方，预算也有限。"
       "所以多数不一致正揭示了博弈的特点；真正需要警惕的是下面第一类。"},
      {"atlas.part.beside",
       "Two more starts stand right beside every critical point. Here they leave a point that "
       "should attract, or come to one that should repel. Reasons: the field bends so sharply that "
       "even there the slope at the point does not count (walls, kinks, high powers); the fence "
       "around the point is closer than the start; or distances grow at first, as they may where "
       "directions are far from orthogonal. Without such a reason it is a mistake in Gyre.",
       "每个临界点旁还各有两个起点。这里它们离开了应当吸引的点，或走向了应当排斥的点。可能的原因："
       "场弯曲得太急，点上的导数在那里已不适用（墙、折点、高次幂）；吸引域的边界比起点更近；"
       "或方向之间远非正交，距离先增后减。若都不是，那就是 Gyre 的错误。"},
      {"atlas.part.missed",
       "A point attracts, yet none of the spread starts arrives. The region that is drawn to it is "
       "small, a cycle catches the starts on their way, the step is too large far from the point, "
       "or another point is nearer.",
       "某点吸引，但散布的起点没有一个到达：吸引域太小，途中被环捕获，离点较远处步长太大，"
       "或被别的点先吸引。"},
      {"atlas.part.unforetold",
       "No critical point attracts by its spectrum, and starts settle all the same: on a line or "
       "plane of critical points; at a wall or corner, where a projection stops them; at a point "
       "that attracts more slowly than any power, so that its radius is one; or because a step "
       "happened to land on the point. Rules that report a mean can settle "
       "while their steps go round.",
       "按谱没有临界点吸引，起点却停下了：停在临界点连成的线或面上；停在墙或角上，被投影挡住；"
       "停在比任何幂都慢的吸引点上，其谱半径为一；或某一步恰好落在点上。"
       "报告平均值的规则，步子绕圈时平均值也会停下。"},
      {"atlas.part.rate",
       "Verdicts agree, and from right beside the point the distance falls at another rate, by "
       "more than a tenth of the logarithm. Two eigenvalues of nearly the same size, a point with "
       "terms that are not small beside the linear ones, or a run too short for the slowest "
       "direction to show.",
       "结论一致，但从点旁出发，距离下降的速率与预言相差超过一成（按对数）："
       "两个特征值大小几乎相同，非线性项相对不可忽略，或运行太短，最慢的方向尚未显现。"},
      {"atlas.part.list", "The cells", "列出这些格"},
      {"atlas.part.none", "None.", "没有。"},
      {"atlas.part.count", "{title}: {count}", "{title}：{count}"},
      // How.
      {"atlas.how", "How it was made", "制作方法"},
      {"atlas.how.starts",
       "{starts} starts are spread evenly over the region that each game names; every run ends "
       "when it has settled, diverged, or after {steps} steps or {calls} field calls. Two starts "
       "beside each critical point and four on each cycle come on top.",
       "在每个博弈指定的区域内均匀散布 {starts} 个起点；一次运行在停下、发散，或满 {steps} 步、"
       "{calls} 次场求值时结束。此外每个临界点旁有两个起点，每个环上有四个。"},
      {"atlas.how.default",
       "Rules run at their default parameters, step size included, on all games alike. No one step "
       "size suits all games: so the cell's sheet names the step sizes between which the point "
       "attracts, and the best one. `gyre atlas --tune` runs every rule at that one instead.",
       "规则一律用默认参数，包括步长，对所有博弈一视同仁。没有一个步长适合所有博弈，"
       "所以每格的图页给出该点吸引的步长范围和最佳步长。`gyre atlas --tune` "
       "则让每种规则用最佳步长运行。"},
      {"atlas.how.tuned",
       "Every rule runs at the step size whose spectral radius is least at the game's first "
       "equilibrium that some step size attracts to; at its default where there is none. `gyre "
       "atlas` without `--tune` runs all at their defaults.",
       "每种规则都用在博弈的第一个可被吸引的均衡处谱半径最小的步长；没有则用默认值。"
       "不带 `--tune` 的 `gyre atlas` 一律用默认值。"},
      {"atlas.how.points",
       "Critical points are those that the game's file states and those that Newton's steps find "
       "from all over the region, eight at most. Where they form lines or planes, directions along "
       "these are left out of the spectrum.",
       "临界点包括博弈文件中给出的，以及从整个区域出发用牛顿法找到的，至多八个。"
       "临界点连成线或面时，沿线或面的方向不计入谱。"},
      {"atlas.how.cycles",
       "Cycles are looked for in games of two variables, with the gradient flow forward and "
       "backward in time.",
       "只在双变量博弈中寻找环，沿梯度流的正反两个时间方向搜索。"},
      {"atlas.how.data", "All numbers of this page: {link}.", "本页全部数字：{link}。"},
      {"atlas.footer.seed", "Seed", "随机种子"},
      {"atlas.footer.form", "Form", "形式"},
      {"atlas.footer.arithmetic",
       "double precision; the same command gives the same files, for any number of threads and "
       "after any interruption",
       "双精度；同一命令得到相同的文件，与线程数无关，中断后续做也一样"},
      {"atlas.footer.other", "`gyre atlas --lang zh --out atlas-zh` writes it in Chinese.",
       "`gyre atlas --lang en` 可生成本页的英文版。"},
      // A game's sheet.
      {"atlas.sheet.title", "{title}: every rule", "{title}：所有规则"},
      {"atlas.sheet.back", "All games and rules", "全部博弈与规则"},
      {"atlas.sheet.points", "Critical points", "临界点"},
      {"atlas.sheet.at", "At", "位置"},
      {"atlas.sheet.kind", "Class", "类别"},
      {"atlas.sheet.flow", "Flow", "梯度流"},
      {"atlas.sheet.solvedby", "Rules that arrive", "到达的规则"},
      {"atlas.sheet.nopoints", "No critical point is known in this game.",
       "此博弈没有已知的临界点。"},
      {"atlas.sheet.cycle",
       "The gradient flow also ends on a cycle of period {period}, with no critical point on it.",
       "梯度流还会落到一个周期为 {period} 的环上，环上没有临界点。"},
      {"atlas.sheet.rules", "The rules", "规则"},
      {"atlas.sheet.figures",
       "Left, the paths of four starts (rings) in {x} and {y}; discs are equilibria, crosses other "
       "critical points, and a dashed line is the cycle. Right, the distance to the nearest "
       "critical point, and dashed how it should fall.",
       "左图：四个起点（圆圈）在 {x}、{y} 平面内的路径；实心点是均衡，叉是其他临界点，虚线是环。"
       "右图：到最近临界点的距离，虚线是预言的下降。"},
      {"atlas.sheet.undefined", "Not defined here", "在此没有定义"},
      {"atlas.kind.nash", "local Nash", "局部纳什"},
      {"atlas.kind.degenerate-nash", "local Nash, degenerate", "局部纳什（退化）"},
      {"atlas.kind.minimax", "local minimax", "局部极小极大"},
      {"atlas.kind.none", "no equilibrium", "非均衡"},
      {"atlas.flow.attracting", "attracts", "吸引"},
      {"atlas.flow.repelling", "repels", "排斥"},
      {"atlas.flow.centre", "centre", "中心"},
      {"atlas.flow.saddle", "saddle", "鞍"},
      {"atlas.flow.marginal", "marginal", "临界"},
      {"atlas.cell.starts", "Starts", "起点"},
      {"atlas.cell.foretold", "Foretold", "预言"},
      {"atlas.cell.rate", "Factor a step", "每步因子"},
      {"atlas.cell.rates", "{measured} measured, {predicted} foretold",
       "实测 {measured}，预言 {predicted}"},
      {"atlas.cell.until", "Until settled", "停下所需"},
      {"atlas.cell.steps", "{steps} steps, {calls} field calls", "{steps} 步，{calls} 次求值"},
      {"atlas.cell.sizes", "Step sizes", "步长"},
      {"atlas.cell.attracts", "attracts from {from} to {limit}; best {best}, factor {factor}",
       "{from} 到 {limit} 之间吸引；最佳 {best}，因子 {factor}"},
      {"atlas.cell.all", "attracts from {from} on; best {best}, factor {factor}",
       "从 {from} 起都吸引；最佳 {best}，因子 {factor}"},
      {"atlas.cell.nosize", "no step size attracts", "任何步长都不吸引"},
      {"atlas.cell.cycle", "On the cycle", "在环上"},
      {"atlas.cell.kept", "{caught} of {starts} starts stay", "{starts} 个起点中 {caught} 个留下"},
      {"atlas.cell.radius", "{theory}, spectral radius {radius}", "{theory}，谱半径 {radius}"},
      {"atlas.cell.count", "{count} × {what}", "{count} × {what}"},
      {"atlas.cell.accord", "Theory and measurement", "理论与实测"},
      // The same with places for the page's script to fill in.
      {"atlas.js.rates", "[rate] measured, [radius] foretold", "实测 [rate]，预言 [radius]"},
      {"atlas.js.steps", "[steps] steps, [calls] field calls", "[steps] 步，[calls] 次求值"},
      {"atlas.js.attracts", "attracts from [from] to [limit]; best [best], factor [factor]",
       "[from] 到 [limit] 之间吸引；最佳 [best]，因子 [factor]"},
      {"atlas.js.all", "attracts from [from] on; best [best], factor [factor]",
       "从 [from] 起都吸引；最佳 [best]，因子 [factor]"},
      {"atlas.js.kept", "[kept] of [ring] starts stay", "[ring] 个起点中 [kept] 个留下"},
      {"atlas.js.radius", "[theory], spectral radius [radius]", "[theory]，谱半径 [radius]"},
      {"atlas.axis.step", "step", "步"},
      {"atlas.axis.distance", "distance", "距离"},
      {"atlas.figures", "paths and distances", "路径与距离"},
      {"atlas.see", "figures", "看图"},
      // In the terminal.
      {"atlas.done.cells",
       "cells: {cells} (rules {rules}, games {games}); not defined: {undefined}",
       "格数：{cells}（规则 {rules}，博弈 {games}）；没有定义：{undefined}"},
      {"atlas.done.solved", "at an equilibrium from every start: {solved}",
       "从每个起点都到达均衡：{solved}"},
      {"atlas.done.agree", "as foretold: {agree} of {compared} that can be compared",
       "如预言：可比较的 {compared} 格中 {agree} 格"},
      {"atlas.done.cycles", "starts that come off spurious cycles: {free} of {starts}",
       "脱离虚假环的起点：{starts} 个中 {free} 个"},
  };
  return kWords;
}

}  // namespace gyre::report
