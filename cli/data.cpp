// gyre data: the data sets that are known by name, fetched, checked and shown.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/data_show.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/data/fetch.hpp"
#include "gyre/data/synthetic.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace {

struct DataWords {
  std::vector<std::string> what;
  ShowWords show;
  bool json = false;
};

const char* state_text(DataState state) {
  switch (state) {
    case DataState::kHere:
      return "here";
    case DataState::kFetchNeeded:
      return "fetch needed";
    case DataState::kMade:
      return "made when needed";
  }
  return "";
}

Style style_of(DataState state) {
  return state == DataState::kHere          ? Style::kGood
         : state == DataState::kFetchNeeded ? Style::kOdd
                                            : Style::kPlain;
}

/// Of one sample: 3 x 28 x 28, or 2.
std::vector<std::int64_t> shape_of(const DataFacts& facts) {
  if (const auto made = make_synthetic(facts.name)) return made->shape();
  const auto size = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  return {size(facts.channels), size(facts.height), size(facts.width)};
}

std::size_t classes_of(const DataFacts& facts) {
  const auto made = make_synthetic(facts.name);
  return made ? made->centres().size() / made->size() : facts.classes;
}

std::string megabytes(std::uint64_t bytes) {
  return bytes == 0 ? "" : fmt::format("{:.0f} MB", static_cast<double>(bytes) / 1e6);
}

void list(bool json) {
  const DataPlaces places = standard_places();
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  Table table({{.head = "name"},
               {.head = "what", .shrinks = true},
               {.head = "sample", .right = true},
               {.head = "train + test", .right = true},
               {.head = "classes", .right = true},
               {.head = "size", .right = true},
               {.head = "state"}});
  for (const DataFacts& facts : data_catalogue()) {
    const DataState state = state_of(facts, places);
    const std::vector<std::int64_t> shape = shape_of(facts);
    const std::size_t classes = classes_of(facts);
    all.push_back({{"name", facts.name},
                   {"about", facts.about},
                   {"shape", shape},
                   {"train", facts.train},
                   {"test", facts.test},
                   {"classes", classes},
                   {"bytes", facts.bytes()},
                   {"state", state_text(state)},
                   {"folder", folder_of(facts, places).string()}});
    table.row({{std::string(facts.name), Style::kBold},
               {std::string(facts.about), Style::kFaint},
               {fmt::format("{}", fmt::join(shape, " x "))},
               {facts.train ? fmt::format("{} + {}", facts.train, facts.test) : "any number"},
               {classes ? std::to_string(classes) : ""},
               {megabytes(facts.bytes())},
               {state_text(state), style_of(state)}});
  }
  print(json ? json_text(all) : table.text(list_screen()));
}

int fetch_all(const std::vector<std::string>& names, bool json) {
  const DataPlaces places = standard_places();
  for (const std::string& name : names) data_facts(name);  // no download before a word is wrong
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const std::string& name : names) {
    const Fetched fetched = fetch(data_facts(name), places, say);
    all.push_back(
        {{"name", name}, {"folder", fetched.folder.string()}, {"already", fetched.already}});
    if (!json)
      print(fmt::format("{} is here{}, and its files are what they should be: {}\n", name,
                        fetched.already ? " already" : "", fetched.folder.string()));
  }
  if (json) print(json_text(all));
  return kDone;
}

int data(const DataWords& words) {
  const std::string doing = words.what.empty() ? "list" : words.what[0];
  const std::vector<std::string> rest(words.what.begin() + !words.what.empty(), words.what.end());
  if (words.what.size() > 0 && doing != "list" && doing != "fetch" && doing != "show")
    throw Error(fmt::format(
        "behind 'gyre data' stands 'list', 'fetch' or 'show', not {}{}", as_typed(doing),
        did_you_mean(doing, std::vector<std::string>{"list", "fetch", "show"})));
  if (doing != "show" && words.show.any())
    throw Error("only 'gyre data show' takes " + words.show.first());
  if (doing == "list") {
    if (!rest.empty())
      throw Error(fmt::format("one word too many: {}; to see data: gyre data show NAME",
                              as_typed(rest[0])));
    list(words.json);
    return kDone;
  }
  if (rest.empty())
    throw Error(fmt::format("which data? To list them: gyre data; then: gyre data {} NAME", doing));
  if (doing == "fetch") return fetch_all(rest, words.json);
  if (rest.size() > 1)
    throw Error(
        fmt::format("one word too many: {}; one data set makes one picture", as_typed(rest[1])));
  return show_data(rest[0], words.show, words.json);
}

}  // namespace

Action declare_data(CLI::App& words) {
  const auto typed = std::make_shared<DataWords>();
  words.add_option("WHAT", typed->what, "a list of all, files to be had, or a picture of some")
      ->type_name("[list|fetch NAME...|show NAME|PATH]");
  declare_show(words, typed->show);
  flag(words, "--json", typed->json, "print JSON");
  words.footer(
      "  gyre data\n"
      "  gyre data fetch mnist fashion-mnist\n"
      "  gyre data show fashion-mnist\n"
      "  gyre data show ring8 -o ring.png\n"
      "  gyre data show my/photographs --size 32x32 --count 64");
  return [typed](Command) { return data(*typed); };
}

}  // namespace gyre::cli
