#include "gyre/rules/pipe.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/core/point.hpp"
#include "gyre/rules/build.hpp"

namespace gyre {
namespace {

TEST(Pipe, Reads) {
  for (const char* t :
       {"gda", "conopt(gamma=1)|adam|eg(eta=0.05)|lookahead(k=5)", "eg(0.3)",
        "alternating(order=y>x, y=5)", "adam", "adam | average", "extra-adam(eta=0.01,beta1=0)"})
    std::printf("%s\n", parse_pipe(t).text().c_str());
  for (const char* t : {"", "gdaa", "eg|gda", "gda|adam", "adam|conopt", "eg(eta=-1)", "eg(k=1)",
                        "adam(eta=1)", "lookahead(k=1.5)", "eg(", "eg|", "alternating(etaa=3)"}) {
    try {
      parse_pipe(t);
      ADD_FAILURE() << t;
    } catch (const Error& e) {
      std::printf("%s\n%s\n", e.what(), e.detail().c_str());
    }
  }
}

struct Bilinear : Field<Point<double>> {
  using V = Point<double>;
  std::size_t players() const override { return 2; }
  V at(const V& w, int player) override {
    V g{{w.at[1], -w.at[0]}, w.blocks};
    return player == kEverybody ? g : on(static_cast<std::size_t>(player), g, fill(w, 0.0));
  }
  V jvp(const V& w, const V& u) override { return {{u.at[1], -u.at[0]}, w.blocks}; }
  V vjp(const V& w, const V& u) override { return {{-u.at[1], u.at[0]}, w.blocks}; }
};

TEST(Pipe, Runs) {
  using V = Point<double>;
  for (const char* t : {"gda", "alt-gda", "eg", "ogda", "conopt", "sga", "hgd", "lookahead-gda",
                        "adam|optimistic", "scale(y=3)|conopt|eg", "negative-momentum", "eg|ema",
                        "rmsprop|eg", "alt-gda|average", "nesterov(0.1)|alternating"}) {
    auto rule = build_rule<V>(parse_pipe(t), {{"x", "1"}, {"y", "2"}},
                              [](const std::string&, double v) { return v; });
    Bilinear F;
    V w{{0.6, 0.7}, std::make_shared<const Blocks>(Blocks{0, 1, 2})};
    std::vector<V> m(rule->slots());
    rule->start(w, F, m);
    for (int i = 0; i < 1000; ++i) w = rule->step(w, F, m);
    const V out = rule->output(w, m);
    std::printf("%-30s %g\n", t, std::hypot(out[0], out[1]));
  }
}

}  // namespace
}  // namespace gyre
