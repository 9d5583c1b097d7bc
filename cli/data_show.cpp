#include "cli/data_show.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>

#include "cli/output.hpp"
#include "cli/values.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/data/point_data.hpp"
#include "gyre/data/sheet.hpp"
#include "gyre/data/synthetic.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace {

/// A picture, and in words what is on it.
struct Shown {
  std::string png, about;
  nlohmann::ordered_json facts;
};

std::string file_for(const std::string& what, const ShowWords& words) {
  std::filesystem::path path = words.out;
  if (words.out.empty()) {
    path = std::filesystem::absolute(what).lexically_normal();
    if (path.filename().empty()) path = path.parent_path();  // "my/photographs/"
    path = path.stem().string() + ".png";
  }
  if (path.extension() != ".png")
    throw Error(fmt::format("-o {}: pictures of data are PNG files; name one that ends in .png",
                            as_typed(words.out)));
  std::error_code ignored;
  if (!words.replace && std::filesystem::exists(path, ignored))
    throw FileError(
        fmt::format("{} is there already; --force replaces it, -o FILE.png names another",
                    as_typed(path.string())));
  return path.string();
}

std::string class_name(const Images& images, std::size_t i) {
  return i < images.classes.size() ? images.classes[i] : std::to_string(i);
}

/// What a sheet shows: the class of every row, or the labels row by row.
std::string legend(const Images& images, const SheetPlan& plan) {
  std::string text =
      fmt::format("  {} of them, {}\n", plan.which.size(),
                  plan.row_a_class ? "a row a class:" : "the first ones, row by row");
  if (images.labels.empty()) return text;
  std::vector<std::string> names;
  for (const std::size_t i : plan.which)
    names.push_back(class_name(images, static_cast<std::size_t>(images.labels[i])));
  if (plan.row_a_class) {
    std::vector<std::string> rows;
    for (std::size_t k = 0; k < names.size(); k += plan.columns) rows.push_back(names[k]);
    return text + fmt::format("  {}\n", join(rows, ", "));
  }
  for (std::size_t k = 0; k < names.size(); k += plan.columns) {
    const auto row = std::span(names).subspan(k, std::min(plan.columns, names.size() - k));
    text += fmt::format("  row {:>2}: {}\n", k / plan.columns + 1, join(row, ", "));
  }
  return text;
}

Shown sheet(const std::string& what, const ShowWords& words) {
  const bool test =
      one_of("--part", words.part.empty() ? "train" : words.part, {"train", "test"}) == "test";
  const ImageSize size = words.size.empty() ? ImageSize{} : parse_image_size(words.size);
  const std::uint64_t count = words.count.empty() ? 100 : whole("--count", words.count, 1, 10000);
  if (!words.seed.empty()) throw Error("--seed is for data that are drawn; these are files");
  const Images images = load_images(what, test ? DataPart::kTest : DataPart::kTrain, size);
  const SheetPlan plan = plan_sheet(images, count);
  Shown shown{.png = png_of(contact_sheet(images, plan))};
  shown.about =
      fmt::format("{}: {} picture{} of {}\n", what, images.count(), images.count() == 1 ? "" : "s",
                  size_text(images.width, images.height, images.channels)) +
      legend(images, plan);
  std::vector<std::int32_t> labels;
  if (!images.labels.empty())
    for (const std::size_t i : plan.which) labels.push_back(images.labels[i]);
  shown.facts = {
      {"count", images.count()}, {"shape", {images.channels, images.height, images.width}},
      {"shown", plan.which},     {"labels", labels},
      {"columns", plan.columns}, {"sha256", images.sha256}};
  return shown;
}

/// Number `k` of every sample.
std::vector<double> numbers(const std::vector<float>& samples, std::size_t size, std::size_t k) {
  std::vector<double> all;
  for (std::size_t i = k; i < samples.size(); i += size)
    all.push_back(static_cast<double>(samples[i]));
  return all;
}

/// Short samples as lines over the places of their numbers, others by their first two numbers.
plot::Panel panel_of(const Data& data, const std::vector<float>& samples) {
  const std::size_t size = data.size();
  if (size > 2 && size <= 8) {
    plot::Panel panel{
        .x = {.label = "number"}, .y = {.label = "value"}, .legend = plot::Legend::kNone};
    for (std::size_t i = 0; i < samples.size(); i += size) {
      plot::Line line{
          .ink = {.color = 0, .width = 1.0, .dash = plot::Dash::kSolid, .opacity = 0.3}};
      for (std::size_t k = 0; k < size; ++k) {
        line.x.push_back(static_cast<double>(k + 1));
        line.y.push_back(static_cast<double>(samples[i + k]));
      }
      panel.layers.push_back(std::move(line));
    }
    return panel;
  }
  plot::Panel panel{.x = {.label = "first number"}, .y = {.label = "second number"}, .equal = true};
  panel.layers.push_back(plot::Points{.label = "samples",
                                      .x = numbers(samples, size, 0),
                                      .y = numbers(samples, size, 1),
                                      .ink = {.color = 0, .opacity = 0.5},
                                      .size = 3.0});
  if (const std::vector<float> centres = data.centres(); !centres.empty())
    panel.layers.push_back(plot::Points{.label = "centres",
                                        .x = numbers(centres, size, 0),
                                        .y = numbers(centres, size, 1),
                                        .ink = {.color = plot::kBlack},
                                        .shape = plot::Shape::kPlus,
                                        .size = 6.0});
  else
    panel.legend = plot::Legend::kNone;
  return panel;
}

Shown scatter(const Data& data, const std::string& name, const ShowWords& words) {
  for (const auto& [option, value] : {std::pair{"--part", words.part}, {"--size", words.size}})
    if (!value.empty())
      throw Error(fmt::format("{} is for pictures, which {} is not", option, name));
  const std::uint64_t most = data.size() > 2 && data.size() <= 8 ? 200 : 100000;
  const std::uint64_t count = words.count.empty() ? std::min<std::uint64_t>(2000, most / 2)
                                                  : whole("--count", words.count, 1, most);
  const std::uint64_t seed = words.seed.empty() ? 0 : whole("--seed", words.seed, 0, UINT64_MAX);
  std::vector<float> samples(count * data.size());
  Stream stream(seed, "data show");
  data.draw(stream, samples);
  const auto* finite = dynamic_cast<const FiniteData*>(&data);
  const std::string about =
      finite ? fmt::format("{} points of {} numbers", finite->count(), data.size())
             : std::string(data_facts(name).about);
  plot::Figure figure{.title = name, .panels = {panel_of(data, samples)}, .width = 640};
  return {plot::draw(figure, plot::Format::kPng),
          fmt::format("{}: {}\n  {} samples, drawn with seed {}\n", name, about, count, seed),
          {{"count", count}, {"shape", data.shape()}, {"seed", seed}}};
}

}  // namespace

std::string ShowWords::first() const {
  for (const auto& [name, value] : {std::pair{"-o", out},
                                    {"--part", part},
                                    {"--size", size},
                                    {"--count", count},
                                    {"--seed", seed}})
    if (!value.empty()) return name;
  return replace ? "--force" : "";
}

void declare_show(CLI::App& words, ShowWords& typed) {
  option(words, "-o,--out", typed.out, "FILE.png", "where show writes; else NAME.png, here");
  option(words, "--count", typed.count, "N", "how many show draws; else 100 pictures, 2000 points");
  option(words, "--part", typed.part, "PART", "train (as it is) or test");
  option(words, "--size", typed.size, "WxH",
         "cut and scale pictures; 32x32x1 makes them grey, too");
  option(words, "--seed", typed.seed, "N", "of samples that are drawn; else 0");
  flag(words, "--force", typed.replace, "replace the picture that is there");
}

int show_data(const std::string& what, const ShowWords& words, bool json) {
  const std::string file = file_for(what, words);
  std::unique_ptr<Data> points = make_synthetic(what);
  if (!points) points = load_points(what);
  Shown shown = points ? scatter(*points, what, words) : sheet(what, words);
  write_file(file, shown.png, words.replace ? Existing::kReplace : Existing::kRefuse);
  if (json) {
    nlohmann::ordered_json all{{"name", what}, {"file", file}};
    all.update(shown.facts);
    print(json_text(all));
  } else {
    print(shown.about + fmt::format("  written to {}\n", file));
  }
  return kDone;
}

}  // namespace gyre::cli
