#include "gyre/report/words.hpp"

namespace gyre::report {

std::span<const Wording> play_words() {
  static constexpr Wording kWords[] = {
      {"game.title", "The game", "博弈"},
      {"game.rules",
       "Two players share one number, {payoff}. The first one chooses {x} and wants the number "
       "small; the second one chooses {y} and wants it large. Neither can touch the other's "
       "coordinate. To Gyre that is one line: `{game}`.",
       "两位玩家共用一个数 {payoff}。第一位选择 {x}，希望这个数小；第二位选择 {y}，希望它大。"
       "谁也动不了对方的坐标。对 Gyre 来说，这就是一行字：`{game}`。"},
      {"game.saddle",
       "Drawn over the plane the payoff is a *saddle*. It has one critical point, found at "
       "{saddle}, where the payoff is {payoff.saddle}. Along each player's own axis the surface is "
       "flat there (second derivatives {bend.xx} and {bend.yy}); all of its bend is between the "
       "players (mixed derivative {bend.xy}). So what a step is worth to one player depends on "
       "nothing but where the other one stands.",
       "画在平面上，收益是一个*马鞍面*。它只有一个临界点，求得在 {saddle}，那里的收益为 "
       "{payoff.saddle}。沿着每位玩家自己的坐标轴，曲面在那里是平的（二阶导数为 {bend.xx} 和 "
       "{bend.yy}）；弯曲全在两位玩家之间（混合导数为 "
       "{bend.xy}）。也就是说，走一步值不值，只取决于对方站在哪里。"},
      {"game.caption",
       "The payoff from three sides. Find the saddle point in the middle. Walk through it along "
       "{x} = {y} and it is the lowest place of your way; along {x} = −{y} and it is the highest; "
       "along either axis and the way is level.",
       "从三个方向看收益曲面。找到中央的鞍点：沿 {x} = {y} 走过它，它是路上最低的地方；沿 {x} = "
       "−{y} "
       "走，它是最高的地方；沿任一坐标轴走，路是平的。"},

      {"see.title", "What the players see", "玩家看到了什么"},
      {"see.gradient",
       "A player who follows its gradient sees only the slope of its own loss. On the left are the "
       "gradients of {payoff} itself: where both would go if both wanted the number large. On the "
       "right is the game: {x} walks *down* the slope, so its part of every arrow is turned round.",
       "沿梯度走的玩家，只看得到自己损失的坡度。左图是 {payoff} "
       "本身的梯度：假如双方都希望这个数大，就会这样走。右图是博弈：{x} "
       "沿坡*向下*走，所以每支箭头里属于它的那一半掉了头。"},
      {"see.rotation",
       "That one sign changes everything. The arrows on the right point neither towards the middle "
       "nor away from it: over all {arrows} of them the largest cosine with the line to the saddle "
       "is {worst.cosine}, a right angle. The length of each over its distance to the saddle is "
       "{length.ratio}. The field is a pure rotation.",
       "这一个符号改变了一切。右图的箭头既不指向中心，也不背离中心：全部 {arrows} "
       "支箭头与“到鞍点的连线”之间，余弦的绝对值最大为 {worst.cosine}，即成直角；"
       "每支箭头的长度除以它到鞍点的距离，都是 {length.ratio}。这个场是纯粹的旋转。"},
      {"see.caption",
       "Colour and contour lines are the payoff; arrows show direction and, by their length, "
       "strength. Left: the gradient of the payoff, which leads out along the diagonal. Right: the "
       "players' moves. Follow those with a finger; they lead round and round.",
       "颜色和等高线是收益；箭头表示方向，长短表示强弱。左：收益的梯度，沿对角线向外。右："
       "玩家的移动方向。用手指顺着箭头走走看：一圈又一圈。"},

      {"play.title", "Playing by the gradient", "按梯度来玩"},
      {"play.rule",
       "Both players move at the same moment, each by the step size {eta} times its own gradient. "
       "Gyre runs the rule once on symbols, with the game inside, and the update comes out as",
       "双方同时移动，各走自己梯度的 {eta} "
       "倍（步长，也叫学习率）。Gyre 把规则连同博弈在符号上跑一遍，得到的更新公式是"},
      {"play.random",
       "First from a random start, {random.start}, drawn with seed {seed}. With {eta.is} and "
       "{steps} updates the two coordinates look like this.",
       "先从随机起点 {random.start} 出发（种子 {seed}）。取 {eta.is}，更新 {steps} "
       "次，两个坐标随步数的变化如下。"},
      {"play.book",
       "Then from {book.start}, with the same step size and as many updates: {points} points. The "
       "picture is the same, only its phase and its size differ.",
       "再从 {book.start} 出发，步长和更新次数都不变，共 {points} "
       "个点。图形一样，只是相位和大小不同。"},
      {"play.waves",
       "{x} and {y} are two waves, a quarter of a turn apart, as each feeds the other. And both of "
       "them *grow*: from {book.first} away from the saddle to {book.last}.",
       "{x} 和 {y} 是两列波，相差四分之一圈，你推我、我推你。而且两列波都在*变大*：到鞍点的距离从 "
       "{book.first} 长到 {book.last}。"},
      {"play.caption.random",
       "{x} and {y} against the number of updates, from a random start. The dashed lines are the "
       "distance to the saddle, above and below: the waves fill whatever room it leaves, and it "
       "leaves more and more.",
       "从随机起点出发，{x} 和 {y} 随更新次数的变化。虚线是到鞍点的距离（上下各一条）："
       "波总是填满它让出的空间，而它让出的空间越来越大。"},
      {"play.caption.book",
       "The same from {book.start}. Look at the height of the last wave and of the first one.",
       "同样的图，起点为 {book.start}。比一比最后一个波和第一个波的高度。"},
      {"play.table", "Two runs of {steps} updates, measured and predicted.",
       "两次运行，各更新 {steps} 次：测量值与预测值。"},
      {"play.row.start", "start", "起点"},
      {"play.row.distance", "distance to the saddle, first and last", "到鞍点的距离：最初与最后"},
      {"play.row.fitted", "growth a step, fitted to all points", "每步增长倍数（拟合全部点）"},
      {"play.row.ends", "growth a step, from first and last point", "每步增长倍数（首尾两点）"},
      {"play.row.predicted", "growth a step, predicted", "每步增长倍数（预测）"},
      {"play.row.turns", "turns about the saddle", "绕鞍点的圈数"},
      {"play.row.turns.predicted", "turns, predicted", "圈数（预测）"},
      {"play.row.error", "largest difference to the recurrence", "与递推公式的最大差"},
      {"play.row.verdict", "verdict", "结论"},
      {"play.column.random", "random start", "随机起点"},
      {"play.column.book", "start {book.start}", "起点 {book.start}"},

      {"path.title", "The path in the plane", "平面上的轨迹"},
      {"path.spiral",
       "Put {x} and {y} together and the two waves are one path. In {steps} updates it goes round "
       "the saddle {book.turns} times, and every turn ends {turn.factor} times as far out as it "
       "began.",
       "把 {x} 和 {y} 放在一起，两列波就成了一条轨迹。{steps} 次更新里，它绕鞍点转了 {book.turns} "
       "圈，每转一圈，距离就变成原来的 {turn.factor} 倍。"},
      {"path.chase",
       "Each player does what is best for it at that moment. When {y} is positive, {x} gains by "
       "falling; once {x} is negative, {y} gains by falling too; once {y} is negative, {x} turns "
       "back. They chase each other for ever. This is the motion behind a GAN whose losses swing "
       "and whose samples hop from mode to mode.",
       "每位玩家都在做当下对自己最有利的事。{y} 为正时，{x} 变小有利；等 {x} 变负，{y} "
       "变小也有利了；等 {y} 变负，{x} 又该掉头。他们永远互相追逐。GAN "
       "的损失来回摆动、样本在各个模式之间跳来跳去，背后就是这种运动。"},
      {"path.caption",
       "The {points} points in the plane; colour counts the updates. The players begin at the ring "
       "and would rest at the cross. They circle it, a little wider every time.",
       "{points} 个点在平面上的样子；颜色表示更新次数。玩家从圆环处出发，十字处才是能停下的地方。"
       "他们绕着它转，一圈比一圈大。"},

      {"starts.title", "Other starts", "换个起点"},
      {"starts.some",
       "Was it a bad start? Here are {starts} others, from very near the saddle to far away.",
       "是起点不好吗？再试 {starts} 个，有的离鞍点很近，有的很远。"},
      {"starts.crowd",
       "And here are {crowd} more, at random: after {steps} updates each, the slowest has grown by "
       "a factor of {crowd.slowest} a step and the fastest by {crowd.fastest}; {crowd.diverged} of "
       "{crowd} ran away. A start decides where on the spiral one begins, and nothing else. Only "
       "one that is exactly {saddle} stays where it is.",
       "再随机取 {crowd} 个：各更新 {steps} 次之后，增长最慢的每步 {crowd.slowest} 倍，最快的 "
       "{crowd.fastest} 倍；{crowd} 个里有 {crowd.diverged} "
       "个发散。起点只决定从螺线的哪一处开始，别的什么也改变不了。只有恰好从 {saddle} "
       "出发，才会留在原地。"},
      {"starts.caption",
       "Left: the first {starts.drawn} updates from {starts} starts. Right: distance to the saddle "
       "over the distance at the start. All {starts} curves lie on one line.",
       "左：{starts} 个起点的前 {starts.drawn} 次更新。右：到鞍点的距离除以最初的距离，{starts} "
       "条曲线重合成一条。"},
      {"starts.table", "{steps} updates from {starts} starts.",
       "{starts} 个起点，各更新 {steps} 次。"},
      {"starts.column.start", "start", "起点"},
      {"starts.column.first", "distance, first", "最初距离"},
      {"starts.column.last", "distance, last", "最后距离"},
      {"starts.column.growth", "growth a step", "每步增长倍数"},
      {"starts.column.predicted", "predicted", "预测"},
      {"starts.column.verdict", "verdict", "结论"},

      {"rates.title", "Smaller steps only delay it", "步长变小，只是拖延"},
      {"rates.delay",
       "A smaller step size makes the spiral finer and does not close it. A step multiplies the "
       "distance by {growth.formula}, so it has doubled after {doubling.formula} steps, which for "
       "small {eta} is close to {doubling.short}. Ten times smaller steps take a hundred times as "
       "many updates to do the same harm.",
       "步长变小，螺线更细密，却不会闭合。每一步把距离乘以 {growth.formula}，所以经过 "
       "{doubling.formula} 步距离翻一倍；{eta} 很小时，约为 "
       "{doubling.short}。步长缩小到十分之一，造成同样后果需要一百倍的更新次数。"},
      {"rates.caption",
       "Left: distance to the saddle for {drawn.etas} step sizes; each rises sooner or later. "
       "Right: steps until the distance has doubled. The dots are measured, the line is the "
       "formula.",
       "左：{drawn.etas} 种步长下到鞍点的距离，迟早都会上升。右：距离翻一倍需要的步数；"
       "圆点是测量值，直线是公式。"},
      {"rates.table", "Steps until the distance has doubled.", "距离翻一倍需要的步数。"},
      {"eta.head", "step size {eta}", "步长 {eta}"},
      {"rates.column.predicted", "predicted", "预测"},
      {"rates.column.measured", "first whole step, measured", "实测：首个达到的整数步"},
      {"rates.column.late", "measured − predicted", "实测 − 预测"},
  };
  return kWords;
}

}  // namespace gyre::report
